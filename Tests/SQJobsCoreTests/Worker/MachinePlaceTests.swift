import Testing

@testable import SQJobsCore

@Suite("A job whose outcome is being recorded takes up no place")
struct MachinePlaceTests {
    private func returned(_ run: MachineDriver.Run, in driver: inout MachineDriver) {
        driver.tell { $0.returned(run.lease, took: .milliseconds(1), at: $1) }
    }

    @Test func `the next job starts when it has returned, and its place is freed once`() throws {
        var driver = MachineDriver { $0.concurrency = 1 }
        driver.answer(0, ["a", "b"])
        let first = try driver.takeRun()
        #expect(driver.runs.isEmpty)
        returned(first, in: &driver)
        returned(first, in: &driver)
        #expect(driver.runs.map(\.delivery.messageID) == ["b"])
        #expect(driver.machine.running == 1)
        driver.end(first)
        #expect(driver.settlings.map(\.message) == ["a"])
        #expect(driver.machine.running == 1, "the place is b's")
        driver.end(try driver.takeRun())
        #expect(driver.machine.running == 0)
    }

    @Test func `its lease is renewed until it is settled`() throws {
        var driver = MachineDriver(QueueCapabilities(visibility: .seconds(30)))
        driver.answer(0, ["a"])
        let run = try driver.takeRun()
        returned(run, in: &driver)
        driver.advance(by: .seconds(15))
        #expect(driver.renewals.map(\.leases) == [[run.lease]])
    }

    @Test func `one that is never recorded is left behind when the worker stops`() throws {
        var driver = MachineDriver { $0.shutdownTimeout = .seconds(1) }
        driver.answer(0, ["a"])
        let run = try driver.takeRun()
        returned(run, in: &driver)
        driver.tell { $0.stop(at: $1) }
        driver.giveUpReceive()
        driver.advance(by: .seconds(10))
        #expect(driver.cancels.map(\.lease) == [run.lease])
        #expect(driver.blocked == [run.lease])
        #expect(driver.machine.running == 0)
        #expect(driver.isFinished)
    }
}
