import Testing

@testable import SQJobsCore

@Suite("The worker stops (rule 2.12)")
struct MachineStoppingTests {
    /// Two jobs that run, two messages that wait, and a receive under way.
    private func working() throws -> MachineDriver {
        var driver = MachineDriver(weights: [1, 1, 1]) { $0.concurrency = 2 }
        driver.answer(0, ["r0", "r1"])
        driver.answer(1, ["w0", "w1"])
        try #require(driver.machine.running == 2)
        try #require(driver.machine.waiting == 2)
        try #require(driver.receives.map(\.queue) == [2])
        driver.renewsAtOnce = true
        return driver
    }

    @Test func `an idle worker stops once its long poll is given up, after a moment of grace`() {
        var driver = MachineDriver()
        driver.tell { $0.stop(at: $1) }
        #expect(!driver.isFinished)
        driver.advance(by: .milliseconds(299))
        #expect(driver.receivesWereGivenUp == 0, "what it is about to bring would be left invisible")
        driver.advance(by: .milliseconds(1))
        #expect(driver.receivesWereGivenUp == 1)
        driver.giveUpReceive()
        #expect(driver.finishes == [0])
        #expect(driver.machine.wakesAt == nil)
    }

    @Test func `what waits in the buffer is released at once, and nothing more is received or started`() throws {
        var driver = try working()
        driver.tell { $0.stop(at: $1) }
        #expect(driver.settlings.map(\.message) == ["w0", "w1"])
        #expect(driver.settlings.map(\.settlement.word) == ["release", "release"])
        #expect(driver.flushes == 1)
        driver.answer(2, [])
        driver.end(try driver.takeRun())
        while !driver.settlings.isEmpty { try driver.settle(wasRun: false) }
        driver.tell { $0.ended(at: $1) }
        #expect(driver.receives.isEmpty)
        #expect(driver.runs.count == 1)
        #expect(!driver.isFinished, "one job still runs")
    }

    @Test func `what a receive brings during its grace goes straight back`() throws {
        var driver = try working()
        driver.tell { $0.stop(at: $1) }
        driver.settlings = []
        driver.advance(by: .milliseconds(200))
        driver.answer(2, ["late"])
        #expect(driver.settlings.map(\.message) == ["late"])
        #expect(driver.settlings.map(\.settlement.word) == ["release"])
        #expect(driver.runs.count == 2)
    }

    @Test func `running jobs may finish, hooks too, and are renewed meanwhile`() throws {
        var driver = try working()
        driver.renewsAtOnce = false
        driver.tell { $0.stop(at: $1) }
        driver.answer(2, [])
        for _ in 0..<2 { try driver.settle(wasRun: false) }
        driver.advance(by: .seconds(14))
        #expect(driver.renewals.map(\.leases) == [[0, 1]])
        try driver.renew()
        #expect(driver.cancels.isEmpty)
        for _ in 0..<2 { driver.end(try driver.takeRun()) }
        try driver.settle(wasRun: false)
        try driver.settle(wasRun: false)
        #expect(!driver.isFinished, "their hooks are under way")
        driver.tell { $0.ended(at: $1) }
        driver.tell { $0.ended(at: $1) }
        #expect(driver.finishes == [0])
    }

    @Test func `jobs that go on are cancelled at the deadline, and what they return in time is settled`() throws {
        var driver = try working()
        driver.tell { $0.stop(at: $1) }
        driver.answer(2, [])
        for _ in 0..<2 { try driver.settle(wasRun: false) }
        driver.advance(by: .milliseconds(24_900))
        #expect(driver.cancels.isEmpty)
        driver.advance(by: .milliseconds(100))
        #expect(driver.cancels.map(\.lease) == [0, 1])
        #expect(driver.cancels.allSatisfy { $0.reason == .shutdown })
        for _ in 0..<2 { driver.end(try driver.takeRun(), .release(.after(.zero))) }
        #expect(driver.settlings.map(\.settlement.word) == ["release", "release"])
        for _ in 0..<2 { try driver.settle() }
        #expect(driver.finishes == [0])
        #expect(driver.blocked.isEmpty)
    }

    @Test func `jobs that block even then are named, not released, and left behind`() throws {
        var driver = try working()
        driver.tell { $0.stop(at: $1) }
        driver.answer(2, [])
        for _ in 0..<2 { try driver.settle(wasRun: false) }
        driver.advance(by: .milliseconds(26_900))
        #expect(driver.blocked.isEmpty)
        let returned = try driver.takeRun()
        driver.end(returned, .release(.after(.zero)))
        driver.advance(by: .milliseconds(100))
        #expect(driver.blocked == [1])
        #expect(driver.settlings.map(\.message) == ["r0"], "nothing undoes the expiry of the other")
        #expect(driver.flushes == 2)
        try driver.settle()
        #expect(driver.finishes == [0])
        driver.end(try driver.takeRun())
        #expect(driver.settlings.isEmpty, "too late")
        #expect(driver.finishes == [0])
    }

    @Test func `acknowledgements have a deadline of their own, then the worker ends without them`() throws {
        var driver = try working()
        driver.tell { $0.stop(at: $1) }
        driver.answer(2, [])
        driver.advance(by: .milliseconds(28_900))
        #expect(!driver.isFinished)
        driver.advance(by: .milliseconds(100))
        #expect(driver.blocked == [0, 1])
        #expect(driver.finishes == [2], "two releases that nobody answered")
        try driver.settle(wasRun: false)
        driver.advance(by: .seconds(100))
        #expect(driver.finishes == [2])
    }

    @Test func `a configured deadline counts, and may be zero`() throws {
        var driver = MachineDriver { $0.shutdownTimeout = .zero }
        driver.answer(0, ["m"])
        driver.tell { $0.stop(at: $1) }
        driver.advance(by: .zero)
        #expect(driver.cancels.map(\.reason) == [.shutdown])
    }

    @Test func `a worker that is hurried cancels at once, and gives up its receives`() throws {
        var driver = try working()
        driver.tell { $0.hurry(at: $1) }
        #expect(driver.cancels.map(\.lease) == [0, 1])
        #expect(driver.receivesWereGivenUp == 1)
        #expect(driver.settlings.map(\.message) == ["w0", "w1"])
        driver.giveUpReceive(2)
        for _ in 0..<2 { driver.end(try driver.takeRun(), .release(.after(.zero))) }
        for wasRun in [false, false, true, true] { try driver.settle(wasRun: wasRun) }
        #expect(driver.finishes == [0])
    }

    @Test func `a stopping worker can be hurried, and neither can be said twice`() throws {
        var driver = try working()
        driver.tell { $0.stop(at: $1) }
        driver.advance(by: .seconds(5))
        driver.tell { $0.stop(at: $1) }
        #expect(driver.settlings.count == 2)
        driver.tell { $0.hurry(at: $1) }
        driver.tell { $0.hurry(at: $1) }
        #expect(driver.cancels.map(\.lease) == [0, 1])
        driver.advance(by: .seconds(2))
        #expect(driver.blocked == [0, 1], "they have a moment to return, as at any stop")
    }

    @Test func `a worker that is stopped before it begins is finished, and does not begin`() {
        var machine = WorkerStateMachine([QueueState(WorkerQueue("q"), QueueCapabilities())], WorkerConfiguration())
        guard case .finish? = machine.stop(at: .zero).last else {
            Issue.record("it has nothing to wait for")
            return
        }
        #expect(machine.start(at: .zero).isEmpty)
    }

    @Test func `what a receive brings after the end goes back, and keeps nothing awake`() throws {
        var driver = MachineDriver()
        driver.tell { $0.stop(at: $1) }
        driver.advance(by: .seconds(60))
        #expect(driver.finishes == [0])
        driver.answer(0, ["late"])
        #expect(driver.settlings.map(\.settlement.word) == ["release"])
        #expect(driver.machine.wakesAt == nil)
        #expect(driver.finishes == [0])
    }
}
