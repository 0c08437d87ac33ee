import Testing

@testable import SQJobsCore

@Suite("The worker keeps leases (rule 2.7)")
struct MachineLeaseTests {
    /// One job that runs, of a visibility of 40 seconds.
    private func running(longestLease: Duration? = nil) throws -> (MachineDriver, MachineDriver.Run) {
        var driver = MachineDriver(QueueCapabilities(visibility: .seconds(40), longestLease: longestLease))
        driver.answer(0, ["m"])
        let run = try driver.takeRun()
        return (driver, run)
    }

    /// One job that runs under the lease 0, and a message that waits for its place under the lease 1.
    private func runningAndWaiting() throws -> (MachineDriver, MachineDriver.Run) {
        var driver = MachineDriver(QueueCapabilities(visibility: .seconds(40)), weights: [1, 1]) { $0.concurrency = 1 }
        driver.answer(0, ["running"])
        driver.answer(1, ["waiting"])
        try #require(driver.machine.waiting == 1)
        let run = try driver.takeRun()
        return (driver, run)
    }

    @Test func `a running message is renewed before half of its visibility is over, again and again`() throws {
        var (driver, run) = try running()
        var last = Duration.zero
        for _ in 0..<20 {
            while driver.renewals.isEmpty, driver.now < last + .seconds(60) { driver.advance(by: .seconds(1)) }
            let renewal = try #require(driver.renewals.first)
            #expect(renewal.leases == [run.lease])
            #expect(renewal.duration == .seconds(40))
            #expect(driver.now - last < .seconds(20))
            #expect(driver.now - last >= .seconds(10), "more often would be waste")
            last = driver.now
            try driver.renew()
        }
    }

    @Test func `messages in the buffer are renewed as running ones are, in batches of the queue's size`() throws {
        var driver = MachineDriver(QueueCapabilities(visibility: .seconds(40), batchSize: 4)) { $0.concurrency = 2 }
        driver.fill()
        try driver.complete(took: .milliseconds(100))
        while let receive = driver.receives.first, receive.wait < .seconds(2) { driver.fill() }
        driver.receives = []
        let held = driver.machine.held.count
        #expect(driver.machine.waiting >= 10)
        driver.advance(by: .seconds(19))
        #expect(driver.renewals.flatMap(\.leases).sorted() == driver.machine.held.keys.sorted())
        #expect(driver.renewals.allSatisfy { $0.leases.count <= 4 })
        #expect(driver.renewals.count == (held + 3) / 4)
    }

    @Test func `a queue with a very short visibility is asked for a longer one, which is kept`() {
        var driver = MachineDriver(QueueCapabilities(visibility: .milliseconds(500)))
        #expect(driver.machine.queues[0].visibility == .seconds(30))
        driver.answer(0, ["m"])
        driver.advance(by: .seconds(14))
        #expect(driver.renewals.map(\.duration) == [.seconds(30)])
    }

    @Test func `a renewal under way is not doubled`() throws {
        var (driver, _) = try running()
        driver.advance(by: .seconds(39))
        #expect(driver.renewals.count == 1)
    }

    @Test func `a message that is being settled is renewed no more`() throws {
        var (driver, run) = try running()
        driver.end(run, .release(.after(.seconds(600))))
        #expect(driver.settlings.map(\.settlement.word) == ["release after 600.0 seconds"])
        driver.advance(by: .seconds(300))
        #expect(driver.renewals.isEmpty)
    }

    @Test(arguments: [LeaseRenewal.renewed, .unknown, .lost])
    func `settling waits for a renewal that is under way, whatever comes of it`(_ answer: LeaseRenewal) throws {
        var (driver, run) = try running()
        driver.advance(by: .seconds(19))
        #expect(driver.renewals.count == 1)
        driver.end(run, .release(.after(.seconds(600))))
        #expect(driver.settlings.isEmpty)
        try driver.renew(answer)
        #expect(driver.settlings.map(\.lease) == [run.lease])
        #expect(driver.cancels.isEmpty)
    }

    @Test func `a failed renewal is tried again soon, and alone`() throws {
        var driver = MachineDriver(QueueCapabilities(visibility: .seconds(40)))
        driver.answer(0, ["a", "b", "c"])
        driver.advance(by: .seconds(19))
        #expect(driver.renewals.map(\.leases) == [[0, 1, 2]])
        try driver.renew(.unknown)
        driver.advance(by: .seconds(5))
        #expect(driver.renewals.map(\.leases) == [[0], [1], [2]])
        for _ in 0..<3 { try driver.renew() }
        driver.advance(by: .seconds(19))
        #expect(driver.renewals.map(\.leases) == [[0, 1, 2]], "together again once that helped")
    }

    @Test func `a running job whose renewals fail is not given up, even when its lease is over`() throws {
        var (driver, run) = try running()
        for _ in 0..<20 {
            driver.advance(by: .seconds(5))
            while !driver.renewals.isEmpty { try driver.renew(.unknown) }
        }
        #expect(driver.cancels.isEmpty)
        driver.advance(by: .seconds(5))
        try driver.renew()
        driver.end(run)
        #expect(driver.settlings.map(\.settlement.word) == ["delete"])
    }

    @Test func `a waiting message whose lease ran out is forgotten: somebody else may have it`() throws {
        var (driver, run) = try runningAndWaiting()
        for _ in 0..<12 {
            driver.advance(by: .seconds(5))
            while !driver.renewals.isEmpty { try driver.renew(.unknown) }
        }
        #expect(driver.machine.waiting == 0)
        #expect(driver.machine.held.keys.sorted() == [run.lease])
        driver.end(run)
        #expect(driver.runs.isEmpty)
    }

    @Test func `a waiting message that the broker calls lost is forgotten, and neither run nor settled`() throws {
        var (driver, run) = try runningAndWaiting()
        driver.advance(by: .seconds(19))
        driver.tell { $0.extended([(run.lease, .renewed), (1, .lost)], until: $1 + .seconds(40), at: $1) }
        #expect(driver.machine.held.keys.sorted() == [run.lease])
        driver.end(run)
        #expect(driver.runs.isEmpty)
        #expect(driver.settlings.map(\.lease) == [run.lease])
        #expect(driver.cancels.isEmpty)
    }

    @Test func `a running job whose lease is lost is cancelled once, and renewed no more`() throws {
        var (driver, run) = try running()
        driver.advance(by: .seconds(19))
        try driver.renew(.lost)
        #expect(driver.cancels.map(\.lease) == [run.lease])
        #expect(driver.cancels.map(\.reason) == [.leaseLost])
        driver.advance(by: .seconds(600))
        #expect(driver.renewals.isEmpty, "the message may be held by somebody else")
        #expect(driver.cancels.count == 1)
        #expect(driver.machine.running == 1, "it holds its place until it returns")
        driver.end(run, .leave)
        #expect(driver.settlings.map(\.settlement.word) == ["leave"])
        #expect(driver.machine.running == 0)
    }

    @Test func `a lease that can get no longer is let run out, then the job is cancelled`() throws {
        var (driver, _) = try running(longestLease: .seconds(100))
        var renewedAt: [Duration] = []
        for _ in 0..<30 {
            driver.advance(by: .seconds(5))
            while !driver.renewals.isEmpty {
                renewedAt.append(driver.renewals[0].began)
                try driver.renew()
            }
        }
        #expect(try #require(renewedAt.last) <= .seconds(60), "40 seconds more would exceed the limit")
        #expect(driver.cancels.map(\.reason) == [.leaseLost])
        let last = try #require(renewedAt.last)
        var again = try running(longestLease: .seconds(100)).0
        while again.now < last + .seconds(39) {
            again.advance(by: .seconds(1))
            while !again.renewals.isEmpty { try again.renew() }
        }
        #expect(again.cancels.isEmpty, "not before the last renewal is over")
    }

    @Test func `a lease that a job made longer itself is not shortened by a renewal`() throws {
        var (driver, run) = try running()
        driver.advance(by: .seconds(2))
        let began = driver.now
        guard case .by(.seconds(3600)) = driver.machine.beginExtending(run.lease, by: .seconds(3600), at: began) else {
            Issue.record("the job cannot have a longer lease")
            return
        }
        driver.advance(by: .seconds(30))
        #expect(driver.renewals.isEmpty, "the two could overtake one another")
        driver.tell { $0.extended([(run.lease, .renewed)], until: began + .seconds(3600), at: $1) }
        driver.advance(by: .seconds(3500))
        #expect(driver.renewals.isEmpty)
        driver.advance(by: .seconds(90))
        #expect(driver.renewals.count == 1, "when it is nearly over, it is renewed as any other")
    }

    @Test func `a job that asks for less than it has is given what it has`() throws {
        var (driver, run) = try running()
        driver.advance(by: .seconds(4))
        guard case .by(.seconds(36)) = driver.machine.beginExtending(run.lease, by: .seconds(1), at: driver.now) else {
            Issue.record("the lease would get shorter")
            return
        }
    }

    @Test func `a job that asks for a longer lease waits for a renewal under way, and its settling for both`() throws {
        var (driver, run) = try running()
        driver.advance(by: .seconds(19))
        guard case .notYet = driver.machine.beginExtending(run.lease, by: .seconds(100), at: driver.now) else {
            Issue.record("two extensions of one lease at once")
            return
        }
        try driver.renew()
        guard case .by = driver.machine.beginExtending(run.lease, by: .seconds(100), at: driver.now) else {
            Issue.record("the renewal is over")
            return
        }
        driver.end(run)
        #expect(driver.settlings.isEmpty)
        driver.tell { $0.extended([(run.lease, .renewed)], until: $1 + .seconds(100), at: $1) }
        #expect(driver.settlings.count == 1)
        guard case .notHeld = driver.machine.beginExtending(run.lease, by: .seconds(100), at: driver.now) else {
            Issue.record("what is being settled cannot be extended")
            return
        }
    }

    @Test func `nothing wakes a worker that holds nothing`() throws {
        var (driver, run) = try running()
        driver.end(run)
        try driver.settle()
        driver.advance(by: .seconds(10))
        #expect(driver.machine.wakesAt == nil)
        driver.answer(0, ["next"])
        #expect(driver.machine.wakesAt != nil)
    }
}
