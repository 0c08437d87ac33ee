import Foundation
import Logging
import SQJobsResults

extension ResultStoreCases {
    static let workerCases: [ResultStoreCase] = [
        ResultStoreCase("the clocks of workers may differ by hours") { trial in
            let ahead = trial.recording(ahead: 6 * 3600)
            let behind = trial.recording(ahead: -6 * 3600, store: trial.harness.otherStore)
            let gate = Gate()
            let context = try trial.makeContext()
            let running = Task {
                await ahead.execute(context) {
                    await gate.wait()
                    return .success(output: 1)
                }
            }
            defer { gate.open() }
            try await trial.soon("the job to start") {
                while try await trial.statuses("a")[0]?.state != .running {
                    try await JobClock.system.sleep(.milliseconds(5))
                }
            }
            // Longer than one lease: it is renewed meanwhile.
            for _ in 1...8 {
                let outcome = await behind.execute(try trial.makeContext()) { .success(output: 2) }
                guard case .deferred(let remaining) = outcome, remaining > .zero, remaining <= trial.short * 2 else {
                    throw ConformanceFailure(
                        expected: "the job to be put off for what is left of its lease", got: "\(outcome)")
                }
                try await trial.advance(by: trial.short / 2)
                try await trial.soon("the lease to be renewed before half of it is used up") {
                    while try await trial.statuses("a")[0]?.leaseRemaining ?? .zero <= trial.short {
                        try await JobClock.system.sleep(.milliseconds(5))
                    }
                }
            }
            gate.open()
            _ = try await trial.soon("the job to end") { await running.value }
            let again = await behind.execute(try trial.makeContext()) { .success(output: 3) }
            try trial.expectEqual(again.label, "unneeded", "the outcome of the repeated delivery")
            let status = try await trial.status("a")
            try trial.expectEqual(try status.output(as: Int.self), 1, "the output")
            let age = trial.harness.clock.now().timeIntervalSince(status.createdAt)
            try trial.expect(abs(age) < 600, "a row that is dated by the store's own clock", "an age of \(age) s")
        },
        ResultStoreCase("a job whose worker died is taken over, and the late worker told") { trial in
            let dead = try await trial.start("a", lease: trial.short)
            let worker = trial.recording(ahead: 0)
            guard
                case .deferred(let remaining) = await worker.execute(
                    try trial.makeContext(), next: { .success(output: 1) })
            else { throw ConformanceFailure(expected: "the job to be put off", got: "another outcome") }
            try await trial.advance(by: remaining)
            let outcome = await worker.execute(try trial.makeContext()) { .success(output: 2) }
            try trial.expectEqual(outcome.label, "success", "the outcome of the worker that takes over")
            try trial.expectEqual(
                try await trial.complete(dead, .success(output: .init("3".utf8))), false,
                "the answer to the late worker")
            let status = try await trial.status("a")
            try trial.expectEqual(try status.output(as: Int.self), 2, "the output")
            try trial.expectEqual(status.attempt, 2, "the attempt")
        },
    ]

    static let noticeCases: [ResultStoreCase] = [
        ResultStoreCase("a store declares what it can do") { trial in
            let declared = trial.harness.features.contains(.notices)
            try trial.expectEqual(trial.store.notices != nil, declared, "whether there are notices")
        },
        ResultStoreCase("the schema of a store that was migrated is this program's") { trial in
            try trial.expectEqual(try await trial.store.pendingMigrations(), [], "the pending migrations")
            try await trial.store.requireSchema()
            try await trial.record("a")
            try trial.expectEqual(try await trial.store.migrate(), [], "what migrating again applies")
            try await trial.expectState("a", .pending)
        },
        ResultStoreCase("whoever listens hears of the job's end", needs: [.notices]) { trial in
            try await trial.record("a", "b")
            let notices = try trial.require(trial.store.notices, "notices")
            let changes = try await notices.changes(of: try ResultID(of: "a"))
            let other = trial.harness.otherStore
            let answers = try await other.claim(
                [try trial.request("a"), try trial.request("b")], lease: ResultStoreTrial.long)
            for case .started(let claim, _) in answers {
                _ = try await other.complete([ResultCompletion(claim: claim, ending: .success(output: nil))])
            }
            let hasHeard = try await trial.soon("the listener to hear of the job's end") {
                for await _ in changes {
                    if try await trial.status("a").state == .success { return true }
                }
                return false
            }
            try trial.expectEqual(hasHeard, true, "whether the listener heard of the end")
        },
    ]
}

extension ResultStoreTrial {
    fileprivate final class Probe: ResultJob<[Int], Int> {
        override class var name: String { "probe" }
    }

    /// The job “a” as a worker runs it.
    fileprivate func makeContext() throws -> JobContext {
        JobContext(
            message: JobMessage(id: "a", name: Probe.name, arguments: try JobArguments()), queue: "probes",
            logger: Self.silence)
    }

    /// A worker's recording, whose wall clock is so many seconds ahead.
    fileprivate func recording(ahead seconds: Double, store: (any ResultStore)? = nil) -> ExecutionRecording {
        let clock = harness.clock
        var options = RecordingOptions()
        options.lease = max(short * 2, .milliseconds(100))
        return ExecutionRecording(
            store ?? self.store, jobs: JobRegistry { Probe() }, options: options,
            clock: JobClock(
                now: { clock.now().addingTimeInterval(seconds) }, elapsed: clock.elapsed, sleep: clock.sleep),
            logger: Self.silence)
    }

    private static let silence = Logger(label: "sqjobs.conformance") { _ in SwiftLogNoOpLogHandler() }
}
