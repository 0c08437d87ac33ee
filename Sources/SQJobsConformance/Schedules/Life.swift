import SQJobsPeriodic
import Synchronization

/// The life of a beater: it ends at a crash point, and from then on nothing that the beater does happens.
final class Life: Sendable {
    private let end: CrashPoint
    private let isOver = Mutex(false)

    init(until end: CrashPoint) {
        self.end = end
    }

    var hasEnded: Bool { isOver.withLock { $0 } }

    /// Carries a step out, unless the beater is dead or dies before it; what it dies after is done, and never told.
    func carryOut<Value>(_ step: CrashPoint.Step, _ body: () async throws -> Value) async throws -> Value {
        if step == end.step, end.isBefore { isOver.withLock { $0 = true } }
        try check()
        let value = try await body()
        if step == end.step { isOver.withLock { $0 = true } }
        try check()
        return value
    }

    func check() throws {
        if hasEnded { throw SQJobsError(.shuttingDown, "The beater is dead.") }
    }
}
