import Testing

@testable import SQJobsCore

@Suite("The worker stops when its queues are empty")
struct MachineDrainTests {
    private func draining(_ weights: [Int] = [1]) -> MachineDriver {
        MachineDriver(weights: weights) { $0.stopsWhenEmpty = true }
    }

    private func isStopping(_ driver: MachineDriver) -> Bool {
        driver.machine.phase != .working
    }

    @Test func `it asks whether a queue is empty when a short receive brought nothing, and stops if so`() {
        var driver = draining()
        #expect(driver.receives.map(\.wait) == [.seconds(1)], "nobody wants to wait 20 seconds for nothing")
        #expect(driver.emptinessChecks.isEmpty)
        driver.answer(0, [])
        #expect(driver.emptinessChecks == [0])
        driver.tell { $0.learnedEmptiness(of: 0, isEmpty: true, at: $1) }
        #expect(isStopping(driver))
        driver.giveUpReceive()
        #expect(driver.finishes == [0])
    }

    @Test func `it goes on while something is delayed or held elsewhere, asking once for each receive`() {
        var driver = draining()
        for _ in 0..<3 {
            driver.answer(0, [])
            driver.answer(0, [])
            #expect(driver.emptinessChecks == [0], "one question at a time")
            driver.emptinessChecks = []
            driver.tell { $0.learnedEmptiness(of: 0, isEmpty: false, at: $1) }
            #expect(!isStopping(driver))
        }
    }

    @Test func `it does not ask while it holds messages or hooks run, for they may enqueue others`() throws {
        var driver = draining()
        driver.answer(0, ["m"])
        driver.answer(0, [])
        #expect(driver.emptinessChecks.isEmpty)
        driver.end(try driver.takeRun())
        try driver.settle(wasRun: false)
        driver.answer(0, [])
        #expect(driver.emptinessChecks.isEmpty)
        driver.tell { $0.ended(at: $1) }
        driver.answer(0, [])
        #expect(driver.emptinessChecks == [0])
    }

    @Test func `it stops when all queues are empty, each learned after the last message of any`() throws {
        var driver = draining([1, 1])
        driver.answer(0, [])
        driver.tell { $0.learnedEmptiness(of: 0, isEmpty: true, at: $1) }
        #expect(!isStopping(driver))
        driver.answer(1, ["m"])
        driver.end(try driver.takeRun())
        try driver.settle()
        driver.answer(1, [])
        driver.tell { $0.learnedEmptiness(of: 1, isEmpty: true, at: $1) }
        #expect(!isStopping(driver), "the job may have enqueued another on the first queue")
        driver.answer(0, [])
        driver.tell { $0.learnedEmptiness(of: 0, isEmpty: true, at: $1) }
        #expect(isStopping(driver))
    }

    @Test func `an answer that a message overtook does not count`() throws {
        var driver = draining()
        driver.answer(0, [])
        driver.answer(0, ["m"])
        driver.end(try driver.takeRun())
        try driver.settle()
        driver.tell { $0.learnedEmptiness(of: 0, isEmpty: true, at: $1) }
        #expect(!isStopping(driver))
    }

    @Test func `a worker that is not configured so never asks`() {
        var driver = MachineDriver()
        for _ in 0..<3 { driver.answer(0, []) }
        #expect(driver.emptinessChecks.isEmpty)
    }
}
