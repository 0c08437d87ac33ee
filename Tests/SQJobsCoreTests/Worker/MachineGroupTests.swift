import Testing

@testable import SQJobsCore

@Suite("The worker keeps ordered groups in order (rule 2.10)")
struct MachineGroupTests {
    private func driver(concurrency: Int = 16) -> MachineDriver {
        MachineDriver(QueueCapabilities(visibility: .seconds(40), isOrdered: true)) { $0.concurrency = concurrency }
    }

    private func running(_ driver: MachineDriver) -> [String] {
        driver.runs.map(\.delivery.messageID)
    }

    @Test func `one message of a group runs at a time, the next when it is deleted, and groups run side by side`()
        throws
    {
        var driver = driver()
        driver.answer(0, ["a/1", "a/2", "b/1", "a/3", "b/2", "free"])
        #expect(running(driver) == ["a/1", "b/1", "free"])
        let first = try driver.takeRun()
        driver.end(first)
        #expect(running(driver) == ["b/1", "free"], "not before it is settled")
        try driver.settle()
        #expect(running(driver) == ["b/1", "free", "a/2"])
    }

    @Test(arguments: [Settlement.release(.after(.seconds(15))), .release(.queueDefault), .leave])
    func `when a message comes again, those behind it go back unrun, after it`(_ settlement: Settlement) throws {
        var driver = driver()
        driver.answer(0, ["a/1", "a/2", "b/1", "a/3", "b/2"])
        let first = try driver.takeRun()
        driver.end(first, settlement)
        #expect(driver.settlings.map(\.message) == ["a/1"])
        try driver.settle()
        #expect(driver.settlings.map(\.message) == ["a/2", "a/3"])
        #expect(driver.settlings.map(\.settlement.word) == ["release", "release"])
        #expect(running(driver) == ["b/1"])
        driver.end(try driver.takeRun())
        driver.settlings = driver.settlings.filter { !$0.message.hasPrefix("a/") }
        try driver.settle()
        #expect(running(driver) == ["b/2"], "the other groups go on")
    }

    @Test(arguments: [Settlement.delete, .bury(reason: "")])
    func `when a message is gone for good, those behind it go on`(_ settlement: Settlement) throws {
        var driver = driver()
        driver.answer(0, ["a/1", "a/2"])
        driver.end(try driver.takeRun(), settlement)
        try driver.settle()
        #expect(running(driver) == ["a/2"])
        #expect(driver.settlings.isEmpty)
    }

    @Test(arguments: [Settlement.delete, .bury(reason: ""), .release(.after(.zero))])
    func `when a settlement fails, the message will come again, so those behind it go back`(
        _ settlement: Settlement
    ) throws {
        var driver = driver()
        driver.answer(0, ["a/1", "a/2"])
        driver.end(try driver.takeRun(), settlement)
        try driver.settle(isDone: false)
        #expect(driver.runs.isEmpty)
        #expect(driver.settlings.map(\.message) == ["a/2"])
    }

    @Test func `when a waiting message is lost, those behind it go back, and the one that runs keeps its group busy`()
        throws
    {
        var driver = driver()
        driver.answer(0, ["a/1", "a/2", "a/3"])
        driver.tell { $0.extended([(1, .lost)], until: $1, at: $1) }
        #expect(driver.settlings.map(\.message) == ["a/3"])
        try driver.settle(wasRun: false)
        driver.answer(0, ["a/2", "a/3"])
        #expect(running(driver) == ["a/1"])
        driver.end(try driver.takeRun())
        try driver.settle()
        #expect(running(driver) == ["a/2"])
    }

    @Test func `a late answer to the release of an unrun message disturbs nothing`() throws {
        var driver = driver()
        driver.answer(0, ["a/1", "a/2"])
        driver.end(try driver.takeRun(), .release(.after(.zero)))
        try driver.settle()
        #expect(driver.settlings.map(\.message) == ["a/2"])
        driver.answer(0, ["a/1", "a/2", "a/3"])
        #expect(running(driver) == ["a/1"])
        try driver.settle(wasRun: false)
        #expect(running(driver) == ["a/1"])
        #expect(driver.settlings.isEmpty)
        #expect(driver.machine.waiting == 2)
    }

    @Test func `groups of different queues have nothing to do with one another`() {
        var driver = MachineDriver(QueueCapabilities(isOrdered: true), weights: [1, 1])
        driver.answer(0, ["a/1"])
        driver.answer(1, ["a/1"])
        #expect(driver.runs.map(\.queue) == [0, 1])
    }

    @Test func `messages that wait behind their group leave the free places to other groups`() throws {
        var driver = driver(concurrency: 4)
        driver.answer(0, ["a/1", "a/2", "a/3", "a/4"])
        #expect(running(driver) == ["a/1"])
        #expect(driver.receives.map(\.count) == [3])
        driver.answer(0, ["b/1", "c/1"])
        #expect(running(driver) == ["a/1", "b/1", "c/1"])
    }
}
