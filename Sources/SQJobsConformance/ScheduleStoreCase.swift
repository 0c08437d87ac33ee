import SQJobsPeriodic

/// One promise of the contracts of ``ScheduleStore`` and ``Outbox``, and the way to check it.
public struct ScheduleStoreCase: Sendable {
    /// The promise in words.
    public let name: String
    private let check: @Sendable (ScheduleStoreTrial) async throws -> Void

    init(_ name: String, _ check: @escaping @Sendable (ScheduleStoreTrial) async throws -> Void) {
        self.name = name
        self.check = check
    }

    /// Checks the promise.
    ///
    /// - Parameter harness: The store and its surroundings, made anew for this call.
    /// - Throws: ``ConformanceFailure`` when the promise is not kept.
    public func run(on harness: any ScheduleStoreHarness) async throws {
        do {
            try await check(ScheduleStoreTrial(harness: harness))
        } catch let failure as ConformanceFailure {
            throw failure
        } catch {
            throw ConformanceFailure(expected: "“\(name)” to be checked without an error", got: "\(error)")
        }
    }
}

extension ScheduleStoreCase: CustomStringConvertible {
    /// The promise in words.
    public var description: String { name }
}
