import Testing

@testable import SQJobsCore

@Suite("The worker receives (rule 2.9)")
struct MachineReceivingTests {
    @Test func `an idle queue has one long poll, and each queue its own`() {
        var driver = MachineDriver(weights: [1, 1, 1])
        let polls = (0..<3).map { MachineDriver.Receive(queue: $0, count: 10, wait: .seconds(20)) }
        #expect(driver.receives == polls)
        driver.answer(1, [])
        #expect(driver.receives == [polls[0], polls[2], polls[1]], "the others' long polls go on")
        driver.advance(by: .seconds(3600))
        #expect(driver.receives.count == 3)
    }

    @Test func `a long poll is no longer than its queue allows`() {
        let driver = MachineDriver(QueueCapabilities(longestWait: .seconds(7)))
        #expect(driver.receives == [.init(queue: 0, count: 10, wait: .seconds(7))])
    }

    @Test func `receives double while they come back full, up to the limit, and fall back to one`() throws {
        var driver = MachineDriver { $0.concurrency = 1000 }
        var most = [driver.receives.count]
        for _ in 0..<6 {
            for _ in 0..<driver.receives.count { driver.fill() }
            most.append(driver.receives.count)
        }
        #expect(most == [1, 2, 8, 16, 16, 16, 16], "each of two that come back full doubles the limit")
        #expect(driver.receives.allSatisfy { $0.wait == .seconds(1) }, "a busy queue has no long polls")
        driver.answer(0, ["not", "full"])
        #expect(driver.receives.count == 15, "those under way go on, and no further one begins")
        for _ in 0..<15 { driver.answer(0, []) }
        #expect(driver.receives == [.init(queue: 0, count: 10, wait: .seconds(20))])
    }

    @Test(arguments: [1, 3]) func `no more receives than configured run at once`(limit: Int) {
        var driver = MachineDriver {
            $0.concurrency = 1000
            $0.receivers = limit
        }
        for _ in 0..<20 { driver.fill() }
        #expect(driver.receives.count == limit)
    }

    @Test func `jobs of a second or more have no buffer: nothing is received beyond the places`() throws {
        var driver = MachineDriver { $0.concurrency = 12 }
        #expect(driver.fill() == 10)
        #expect(driver.fill() == 2, "two places are left")
        #expect(driver.receives.isEmpty)
        for _ in 0..<50 {
            try driver.complete(took: .seconds(1))
            #expect(driver.receives.map(\.count) == [1])
            driver.fill()
            #expect(driver.machine.running == 12)
            #expect(driver.machine.waiting == 0)
        }
    }

    @Test func `one place that is free asks for one message`() {
        let driver = MachineDriver { $0.concurrency = 1 }
        #expect(driver.receives.map(\.count) == [1])
    }

    @Test func `the buffer holds about what is finished in a second, ten at least and a thousand at most`() {
        func buffer(_ concurrency: Int, _ durations: Duration...) -> Int {
            var estimate = ThroughputEstimate(concurrency: concurrency)
            for duration in durations { estimate.add(duration) }
            return estimate.buffer
        }
        #expect(buffer(16) == 0, "nothing is known yet")
        #expect(buffer(16, .seconds(1)) == 0)
        #expect(buffer(16, .seconds(60)) == 0)
        #expect(buffer(1, .milliseconds(900)) == 10)
        #expect(buffer(16, .milliseconds(200)) == 80)
        #expect(buffer(16, .milliseconds(1)) == 1000)
        #expect(buffer(16, .zero) == 1000)
        #expect(buffer(16, .milliseconds(200), .seconds(20)) == 0, "one slow job is enough to be careful")
    }

    @Test func `short jobs have a buffer, and never more wait than it holds`() throws {
        var driver = MachineDriver { $0.concurrency = 4 }
        for _ in 0..<200 {
            while !driver.receives.isEmpty { driver.fill() }
            #expect(driver.machine.waiting <= 20)
            try driver.complete(took: .milliseconds(200))
        }
        #expect(driver.machine.waiting >= 10, "it is worth nothing if it is empty")
    }

    @Test func `a busy queue with a buffer is asked for full batches, not for each message that was finished`() throws {
        var driver = MachineDriver { $0.concurrency = 4 }
        var (messages, requests) = (0, 0)
        for _ in 0..<2000 {
            while !driver.receives.isEmpty {
                messages += driver.fill()
                requests += 1
            }
            try driver.complete(took: .milliseconds(1))
        }
        #expect(Double(requests) / Double(messages) <= 0.105)
    }

    @Test func `a queue that others keep full is polled all the same as soon as there is room`() throws {
        var driver = MachineDriver(weights: [1, 1]) { $0.concurrency = 10 }
        driver.fill(0)
        #expect(driver.machine.running == 10)
        #expect(driver.receives.map(\.queue) == [1])
        driver.answer(1, [])
        #expect(driver.receives.isEmpty, "no place is free")
        try driver.complete(took: .seconds(5))
        #expect(driver.receives.contains { $0.queue == 1 })
    }

    @Test func `busy queues are received from by their weights`() throws {
        var driver = MachineDriver(QueueCapabilities(batchSize: 1), weights: [3, 1]) { $0.concurrency = 400 }
        var counts = [0, 0]
        while let receive = driver.receives.first { driver.fill(receive.queue) }
        for _ in 0..<400 {
            try driver.complete(took: .seconds(5))
            guard let receive = driver.receives.first else { continue }
            counts[receive.queue] += 1
            driver.fill(receive.queue)
        }
        #expect(Double(counts[0]) / Double(counts[1]) > 2.5)
        #expect(Double(counts[0]) / Double(counts[1]) < 3.5)
    }

    @Test func `weights say how many jobs start of each queue while both have some waiting, evenly spread`() throws {
        var driver = MachineDriver(weights: [3, 1]) { $0.concurrency = 1 }
        // A job of no time makes a buffer of a thousand.
        driver.fill(0)
        try driver.complete(took: .zero)
        for _ in 0..<12 {
            for receive in driver.receives { driver.fill(receive.queue) }
        }
        try #require(driver.machine.queues.allSatisfy { $0.waiting.count >= 40 })
        driver.receives = []
        let first = try driver.takeRun()
        driver.end(first, took: .zero)
        var started: [Int] = []
        for _ in 0..<40 {
            let run = try driver.takeRun()
            started.append(run.queue)
            driver.end(run, took: .zero)
        }
        #expect(started.filter { $0 == 0 }.count == 30)
        for start in stride(from: 0, to: 40, by: 4) {
            #expect(
                started[start..<start + 4].filter { $0 == 1 }.count == 1,
                "in each four starts, one is the light queue's")
        }
    }

    @Test func `a queue alone takes all the places, whatever its weight`() throws {
        var driver = MachineDriver(weights: [9, 1]) { $0.concurrency = 20 }
        driver.fill(1)
        #expect(driver.runs.count == 10)
        #expect(driver.runs.allSatisfy { $0.queue == 1 })
    }

    @Test func `failed receives back off, twice as long each time up to 20 seconds, and recover`() {
        var driver = MachineDriver()
        var pauses: [Duration] = []
        for _ in 0..<10 {
            driver.failReceive()
            let failedAt = driver.now
            while driver.receives.isEmpty, driver.now < .seconds(1000) { driver.advance(by: .milliseconds(100)) }
            pauses.append(driver.now - failedAt)
        }
        #expect(pauses.prefix(4) == [.milliseconds(100), .milliseconds(200), .milliseconds(400), .milliseconds(800)])
        #expect(pauses.suffix(2) == [.seconds(20), .seconds(20)])
        driver.answer(0, [])
        #expect(driver.receives.count == 1, "one success ends the back-off")
        driver.failReceive()
        driver.advance(by: .milliseconds(100))
        #expect(driver.receives.count == 1)
    }

    @Test func `chance spreads the waits after failures, over their second half`() {
        var driver = MachineDriver(chance: 0)
        driver.failReceive()
        driver.advance(by: .milliseconds(49))
        #expect(driver.receives.isEmpty)
        driver.advance(by: .milliseconds(1))
        #expect(driver.receives.count == 1)
    }

    @Test func `receives that were under way together and fail together count as one failure`() {
        var driver = MachineDriver { $0.concurrency = 1000 }
        for _ in 0..<3 {
            for _ in 0..<driver.receives.count { driver.fill() }
        }
        #expect(driver.receives.count == 16)
        for _ in 0..<16 { driver.failReceive() }
        #expect(driver.receives.isEmpty)
        driver.advance(by: .milliseconds(100))
        #expect(driver.receives.count == 1)
    }

    @Test func `a back-off that ends while no place is free does not keep the worker awake`() throws {
        var driver = MachineDriver(weights: [1, 1]) { $0.concurrency = 10 }
        driver.fill(1)
        driver.failReceive(0)
        driver.renewsAtOnce = true
        driver.advance(by: .seconds(60))
        #expect(driver.receives.isEmpty)
        try driver.complete(took: .seconds(60))
        #expect(driver.receives.contains { $0.queue == 0 })
    }

    @Test func `one queue's failures leave the others alone`() {
        var driver = MachineDriver(weights: [1, 1])
        driver.failReceive(0)
        #expect(driver.receives.map(\.queue) == [1])
        driver.answer(1, [])
        #expect(driver.receives.map(\.queue) == [1])
    }

    @Test func `too many unsettled messages stop further starts until they are settled`() throws {
        var driver = MachineDriver { $0.concurrency = 10 }
        driver.fill()
        for _ in 0..<WorkerStateMachine.mostSettling {
            let run = try driver.takeRun()
            driver.end(run, took: .zero)
            if !driver.receives.isEmpty { driver.fill() }
        }
        #expect(driver.machine.settling == WorkerStateMachine.mostSettling)
        #expect(driver.machine.running == 9)
        #expect(driver.machine.waiting > 0)
        try driver.settle()
        #expect(driver.machine.running == 10)
    }

    @Test func `hooks that take their time stop further starts too, until one is over`() throws {
        var driver = MachineDriver { $0.concurrency = 10 }
        let most = WorkerStateMachine.mostSettling + 10
        driver.fill()
        while driver.machine.executions < most {
            let run = try driver.takeRun()
            driver.end(run, took: .zero)
            let settling = try #require(driver.settlings.last)
            driver.settlings = []
            driver.tell { $0.settled(settling.lease, isDone: true, at: $1) }
            if !driver.receives.isEmpty { driver.fill() }
        }
        #expect(driver.machine.settling == 0)
        let running = driver.machine.running
        let run = try driver.takeRun()
        driver.end(run, took: .zero)
        #expect(driver.machine.running == running - 1, "its place stays free")
        driver.tell { $0.ended(at: $1) }
        #expect(driver.machine.running == running)
    }
}
