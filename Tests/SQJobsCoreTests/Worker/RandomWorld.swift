import TestSurroundings
import Testing

@testable import SQJobsCore

/// A broker, jobs and a clock that do whatever they please, in any order, and check the state machine at each step.
struct RandomWorld {
    private var driver: MachineDriver
    private var random: SeededGenerator
    private let concurrency: Int
    private let receivers: Int
    private let queues: Int

    /// Jobs that run, and those whose hooks or settlements are under way, by lease.
    private var running: [LeaseID: MachineDriver.Run] = [:]
    private var inHooks = 0
    /// The leases that were run, settled, lost while they waited, or left behind.
    private var started: Set<LeaseID> = []
    private var settled: Set<LeaseID> = []
    private var lost: Set<LeaseID> = []
    private var left: Set<LeaseID> = []
    private var jobExtensions: [(lease: LeaseID, until: Duration)] = []
    private var wasStopped = false
    private var messages = 0

    init(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        queues = .random(in: 1...3, using: &random)
        let limits = (Int.random(in: 1...8, using: &random), Int.random(in: 1...5, using: &random))
        (concurrency, receivers) = limits
        let drains = Int.random(in: 0..<4, using: &random) == 0
        let capabilities = QueueCapabilities(
            visibility: .seconds(.random(in: 2...60, using: &random)),
            longestLease: Bool.random(using: &random) ? .seconds(120) : nil,
            batchSize: .random(in: 1...10, using: &random))
        let weights = (0..<queues).map { _ in Int.random(in: 1...4, using: &random) }
        driver = MachineDriver(capabilities, weights: weights) {
            ($0.concurrency, $0.receivers) = limits
            $0.stopsWhenEmpty = drains
            $0.shutdownTimeout = .seconds(10)
        }
        self.random = random
    }

    /// Lets a number of things happen, then stops the worker and sees it end.
    mutating func live(steps: Int) throws {
        for _ in 0..<steps where !driver.isFinished { try step() }
        try stop()
        var left = 5000
        while !driver.isFinished, left > 0 {
            try step()
            left -= 1
        }
        try #require(driver.finishes.count == 1, "it ends, once")
        for _ in 0..<200 { try step() }
        try #require(driver.finishes.count == 1)
        try checkEnd()
    }

    private mutating func step() throws {
        switch Int.random(in: 0..<12, using: &random) {
        case 0, 1: answerReceive()
        case 2, 3: endRun()
        case 4, 5: endSettlement()
        case 6: endHooks()
        case 7: answerRenewal()
        case 8: try extendByJob()
        case 9: driver.advance(by: .milliseconds(.random(in: 0...3000, using: &random)))
        case 10: answerEmptiness()
        default: if Int.random(in: 0..<400, using: &random) == 0 { try stop() }
        }
        try take()
        try check()
    }

    private mutating func stop() throws {
        wasStopped = true
        let hurries = Int.random(in: 0..<3, using: &random) == 0
        driver.tell { hurries ? $0.hurry(at: $1) : $0.stop(at: $1) }
        try take()
        try check()
    }

    private mutating func answerReceive() {
        guard let receive = driver.receives.randomElement(using: &random) else { return }
        switch Int.random(in: 0..<6, using: &random) {
        case 0: driver.failReceive(receive.queue)
        case 1: driver.answer(receive.queue, [])
        case 2 where driver.receivesWereGivenUp > 0: driver.giveUpReceive(receive.queue)
        default:
            let first = driver.receives.first { $0.queue == receive.queue } ?? receive
            let count = Bool.random(using: &random) ? first.count : Int.random(in: 0...first.count, using: &random)
            driver.answer(receive.queue, (0..<count).map { _ in makeMessage() })
        }
    }

    private mutating func makeMessage() -> String {
        messages += 1
        let group = ["", "", "a/", "b/", "c/"].randomElement(using: &random) ?? ""
        return "\(group)\(messages)"
    }

    private mutating func endRun() {
        guard let lease = running.keys.sorted().randomElement(using: &random), let run = running[lease] else { return }
        running[lease] = nil
        let settlements: [Settlement] = [
            .delete, .delete, .delete, .release(.after(.seconds(3))), .release(.queueDefault), .bury(reason: ""),
            .leave,
        ]
        let took = [Duration.zero, .milliseconds(300), .seconds(5)].randomElement(using: &random) ?? .zero
        driver.end(run, settlements.randomElement(using: &random) ?? .delete, took: took)
    }

    private mutating func endSettlement() {
        guard let place = driver.settlings.indices.randomElement(using: &random) else { return }
        let lease = driver.settlings.remove(at: place).lease
        let isDone = Int.random(in: 0..<8, using: &random) > 0
        driver.tell { $0.settled(lease, isDone: isDone, at: $1) }
        if started.contains(lease), !left.contains(lease) { inHooks += 1 }
    }

    private mutating func endHooks() {
        guard inHooks > 0 else { return }
        inHooks -= 1
        driver.tell { $0.ended(at: $1) }
    }

    private mutating func answerRenewal() {
        guard let place = driver.renewals.indices.randomElement(using: &random) else { return }
        let renewal = driver.renewals.remove(at: place)
        let answers = renewal.leases.map { lease -> (LeaseID, LeaseRenewal) in
            (lease, [.renewed, .renewed, .renewed, .unknown, .lost].randomElement(using: &random) ?? .renewed)
        }
        driver.tell { $0.extended(answers, until: renewal.began + renewal.duration, at: $1) }
    }

    private mutating func extendByJob() throws {
        if let place = jobExtensions.indices.randomElement(using: &random), Bool.random(using: &random) {
            let (lease, end) = jobExtensions.remove(at: place)
            driver.tell { $0.extended([(lease, .renewed)], until: end, at: $1) }
        } else if let lease = running.keys.sorted().randomElement(using: &random) {
            let length = Duration.seconds(Int.random(in: 1...100, using: &random))
            if case .by(let length) = driver.machine.beginExtending(lease, by: length, at: driver.now) {
                try #require(
                    !driver.renewals.contains { $0.leases.contains(lease) }, "two extensions of one lease at once")
                jobExtensions.append((lease, driver.now + length))
            }
        }
    }

    private mutating func answerEmptiness() {
        guard !driver.emptinessChecks.isEmpty else { return }
        let queue = driver.emptinessChecks.removeFirst()
        let isEmpty = Bool.random(using: &random)
        driver.tell { $0.learnedEmptiness(of: queue, isEmpty: isEmpty, at: $1) }
        if driver.machine.phase != .working { wasStopped = true }
    }

    /// Notes what the machine asked for since the last step.
    private mutating func take() throws {
        for run in driver.runs {
            try #require(!wasStopped || driver.machine.phase == .working, "started after the stop")
            try #require(started.insert(run.lease).inserted, "started twice")
            running[run.lease] = run
        }
        driver.runs = []
        for lease in driver.blocked {
            left.insert(lease)
            running[lease] = nil
        }
        driver.blocked = []
    }

    private mutating func check() throws {
        let machine = driver.machine
        try #require(machine.running <= concurrency)
        try #require(machine.waiting == machine.queues.reduce(0) { $0 + $1.waiting.count })
        try #require(machine.queues.allSatisfy { $0.receives <= receivers })
        for queue in 0..<queues {
            let receives = driver.receives.filter { $0.queue == queue }
            try #require(machine.queues[queue].receives == receives.count)
            try #require(machine.queues[queue].requested == receives.reduce(0) { $0 + $1.count })
        }
        let phases = Dictionary(grouping: machine.held.values, by: \.phase).mapValues(\.count)
        try #require(machine.waiting == phases[.waiting, default: 0])
        try #require(machine.running == phases[.running, default: 0])
        try #require(machine.settling == phases[.settling, default: 0])
        if machine.phase != .finished { try #require(machine.running == running.count) }
        for (lease, message) in machine.held where message.phase == .settling {
            settled.insert(lease)
        }
        try checkGroups(machine)
        try checkRequests(machine)
    }

    private func checkGroups(_ machine: WorkerStateMachine) throws {
        var busy: Set<String> = []
        for (lease, message) in machine.held where started.contains(lease) {
            guard let group = message.delivery.group else { continue }
            try #require(busy.insert("\(message.queue) \(group)").inserted, "two of a group at once")
        }
    }

    private func checkRequests(_ machine: WorkerStateMachine) throws {
        let settling = driver.settlings.map(\.lease)
        try #require(Set(settling).count == settling.count, "settled twice")
        let renewing = driver.renewals.flatMap(\.leases)
        try #require(Set(renewing).count == renewing.count, "renewed twice at once")
        try #require(Set(settling).isDisjoint(with: renewing), "settled during a renewal, which could undo it")
        try #require(Set(settling).isDisjoint(with: jobExtensions.map(\.lease)))
    }

    private func checkEnd() throws {
        let machine = driver.machine
        try #require(driver.finishes == [driver.finishes.first ?? 0])
        try #require(
            machine.held.values.allSatisfy { $0.phase == .settling }, "nothing is held but what nobody answered")
        try #require(machine.wakesAt == nil)
        try #require(running.isEmpty || machine.running == 0)
        for lease in started where !left.contains(lease) {
            try #require(settled.contains(lease), "a job was run whose message was neither settled nor left behind")
        }
        try #require(left.isDisjoint(with: settled), "what was left behind becomes visible by itself")
    }
}
