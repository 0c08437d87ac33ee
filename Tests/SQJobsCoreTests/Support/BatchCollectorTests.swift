import SQJobsTesting
import Synchronization
import Testing

@testable import SQJobsCore

@Suite("Entries are collected into batches (rule 2.9)")
struct BatchCollectorTests {
    /// The batches that were carried out; each stays under way until it is let go, if so wanted.
    private final class Batches: Sendable {
        private let all = Mutex<[[Int]]>([])
        private let times = Mutex<[Duration]>([])
        private let held = Mutex<[CheckedContinuation<Void, Never>]>([])
        private let holds: Bool

        init(holds: Bool = false) {
            self.holds = holds
        }

        var carriedOut: [[Int]] { all.withLock(\.self) }
        /// When each was carried out.
        var carriedOutAt: [Duration] { times.withLock(\.self) }

        func carryOut(_ batch: [Int], at now: Duration) async {
            times.withLock { $0.append(now) }
            guard holds else { return all.withLock { $0.append(batch) } }
            await withCheckedContinuation { continuation in
                held.withLock { $0.append(continuation) }
                all.withLock { $0.append(batch) }
            }
        }

        func letGo() {
            let continuations = held.withLock { held in
                defer { held = [] }
                return held
            }
            for continuation in continuations { continuation.resume() }
        }
    }

    private let clock = ManualClock()

    private func collector(
        _ batches: Batches, count: Int = 10, weight: Int = .max, loneAtOnce: Bool = false
    ) -> BatchCollector<Int> {
        BatchCollector(
            .init(count: count, weight: weight, linger: .milliseconds(3), sendsLoneEntriesAtOnce: loneAtOnce),
            clock: clock.jobClock, weight: { $0 },
            carryOut: { [clock] in await batches.carryOut($0, at: clock.elapsed) })
    }

    @Test func `a full batch goes at once, in the order in which its entries came`() async throws {
        let batches = Batches()
        let collector = collector(batches, count: 3)
        for entry in 1...3 { collector.add(entry) }
        try await eventually("it goes though the clock stands still") { batches.carriedOut == [[1, 2, 3]] }
    }

    @Test func `a lone entry goes in its caller's own task, and what comes meanwhile goes when it is over`()
        async throws
    {
        let batches = Batches()
        let collector = collector(batches, loneAtOnce: true)
        let answer = await collector.carryOutAlone {
            collector.add(1)
            collector.add(2)
            #expect(await collector.carryOutAlone { 0 } == nil, "it has company")
            #expect(batches.carriedOut.isEmpty)
            return 7
        }
        #expect(answer == 7)
        try await eventually("the clock stands still") { batches.carriedOut == [[1, 2]] }
        collector.add(3)
        try await eventually("it is alone again") { batches.carriedOut == [[1, 2], [3]] }
    }

    @Test func `what is not full goes when its first entry has waited for the linger time, and not before`()
        async throws
    {
        let batches = Batches()
        let collector = collector(batches)
        collector.add(1)
        try await clock.waitForSleepers(1)
        await clock.advance(by: .milliseconds(2))
        collector.add(2)
        await clock.advance(by: .milliseconds(1))
        try await eventually("the second waits no longer than the first") { batches.carriedOut == [[1, 2]] }
        #expect(batches.carriedOutAt == [.milliseconds(3)])
        #expect(clock.sleepers == 0, "one timer a batch")
    }

    @Test func `the timer of a batch that went early leaves the next one alone`() async throws {
        let batches = Batches()
        let collector = collector(batches, count: 2)
        collector.add(1)
        try await clock.waitForSleepers(1)
        await clock.advance(by: .milliseconds(2))
        collector.add(2)
        try await eventually("the first is full") { batches.carriedOut == [[1, 2]] }
        collector.add(3)
        try await clock.waitForSleepers(2)
        await clock.advance(by: .milliseconds(2))
        await clock.advance(by: .milliseconds(1))
        try await eventually("its own time is up") { batches.carriedOut == [[1, 2], [3]] }
        #expect(batches.carriedOutAt == [.milliseconds(2), .milliseconds(5)])
    }

    @Test func `an entry that would make a batch too heavy begins the next one`() async throws {
        let batches = Batches()
        let collector = collector(batches, weight: 100)
        for entry in [60, 40, 1] { collector.add(entry) }
        try await eventually("exactly full is not too heavy") { batches.carriedOut == [[60, 40]] }
        collector.flush()
        try await eventually("the third is in the next") { batches.carriedOut == [[60, 40], [1]] }
        collector.add(1000)
        collector.add(1)
        try await eventually("one that is too heavy by itself goes alone") { batches.carriedOut.last == [1000] }
    }

    @Test func `a lone entry goes at once, and others collect while it is on its way`() async throws {
        let batches = Batches(holds: true)
        let collector = collector(batches, loneAtOnce: true)
        collector.add(1)
        try await eventually("it does not wait for company") { batches.carriedOut == [[1]] }
        for entry in 2...4 { collector.add(entry) }
        try await clock.waitForSleepers(1)
        #expect(batches.carriedOut == [[1]])
        batches.letGo()
        try await eventually("they go when the first is over") { batches.carriedOut == [[1], [2, 3, 4]] }
        batches.letGo()
    }

    @Test func `while one batch takes its time, others go when they are full or have waited`() async throws {
        let batches = Batches(holds: true)
        let collector = collector(batches, count: 2, loneAtOnce: true)
        collector.add(1)
        try await eventually("alone") { batches.carriedOut.count == 1 }
        collector.add(2)
        collector.add(3)
        try await eventually("full") { batches.carriedOut.count == 2 }
        collector.add(4)
        try await clock.waitForSleepers(2)
        await clock.advance(by: .milliseconds(3))
        try await eventually("in time") { batches.carriedOut == [[1], [2, 3], [4]] }
        batches.letGo()
    }

    @Test func `a flush sends what there is, and nothing when there is nothing`() async throws {
        let batches = Batches()
        let collector = collector(batches)
        collector.flush()
        collector.add(1)
        collector.add(2)
        collector.flush()
        collector.flush()
        try await eventually("at once") { batches.carriedOut == [[1, 2]] }
        try await clock.waitForSleepers(1)
        await clock.advance(by: .seconds(1))
        #expect(batches.carriedOut == [[1, 2]])
    }

    @Test(arguments: [true, false]) func `many tasks that add at once lose nothing`(loneAtOnce: Bool) async throws {
        let batches = Batches()
        let collector = collector(batches, weight: 200_000, loneAtOnce: loneAtOnce)
        await withTaskGroup { group in
            for task in 0..<20 {
                group.addTask {
                    for number in 0..<1000 {
                        collector.add(task * 1000 + number)
                        if number % 100 == 0 { await Task.yield() }
                    }
                }
            }
        }
        collector.flush()
        try await eventually("all arrive") { batches.carriedOut.reduce(0) { $0 + $1.count } == 20_000 }
        #expect(batches.carriedOut.flatMap(\.self).sorted() == Array(0..<20_000))
        #expect(batches.carriedOut.allSatisfy { $0.count <= 10 && $0.reduce(0, +) <= 200_000 })
    }
}
