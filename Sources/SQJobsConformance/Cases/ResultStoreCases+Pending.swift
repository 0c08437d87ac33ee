import Foundation
import SQJobsResults

extension ResultStoreCases {
    static let pendingCases: [ResultStoreCase] = [
        ResultStoreCase("a job that is about to be sent is PENDING") { trial in
            let jobs = [
                try trial.pending("now"),
                try trial.pending("later", name: "other", queue: "others", delay: .seconds(300)),
            ]
            try trial.expectEqual(try await trial.store.recordPending(jobs), [true, true], "the answers")
            let now = try await trial.status("now")
            try trial.expectEqual(now.state, .pending, "the state")
            try trial.expectEqual(now.name, "probe", "the name")
            try trial.expectEqual(now.queue, "probes", "the queue")
            try trial.expectEqual(now.attempt, 0, "the attempt")
            try trial.expect(
                now.startedAt == nil && now.finishedAt == nil && now.nextAttemptAt == nil && now.leaseRemaining == nil,
                "no time but those of the row", "\(now)")
            try trial.expect(
                now.error == nil && now.output == nil && now.progress == nil, "nothing of an attempt", "\(now)")
            let later = try await trial.status("later")
            try trial.expectEqual(later.name, "other", "the name")
            try trial.expectEqual(later.queue, "others", "the queue")
            let start = try trial.require(later.nextAttemptAt, "a time at which the delayed job may begin")
            let delay = start.timeIntervalSince(later.createdAt)
            try trial.expect(abs(delay - 300) < 0.001, "the job to begin 300 s after it was recorded", "\(delay)")
        },
        ResultStoreCase("a row that is there is left alone when its job is recorded again") { trial in
            try trial.expectEqual(try await trial.record("a"), [true], "the answer")
            try await trial.start("a")
            try trial.expectEqual(try await trial.record("a", "b"), [false, true], "the answers")
            let status = try await trial.status("a")
            try trial.expectEqual(status.state, .running, "the state")
            try trial.expectEqual(status.attempt, 1, "the attempt")
        },
        ResultStoreCase("withdrawing removes the row of a job that was not sent") { trial in
            try await trial.record("a", "b", "c")
            try await trial.store.withdraw([try ResultID(of: "a"), try ResultID(of: "c")])
            try await trial.expectGone("a", because: "it was withdrawn")
            try await trial.expectGone("c", because: "it was withdrawn")
            try await trial.expectState("b", .pending)
        },
        ResultStoreCase("withdrawing leaves the row of a job that was ever claimed") { trial in
            try await trial.record("running", "back")
            try await trial.start("running")
            try await trial.end(try await trial.start("back"), .pending(after: nil, nextAttemptIn: nil))
            try await trial.store.withdraw([try ResultID(of: "running"), try ResultID(of: "back")])
            try await trial.expectState("running", .running)
            try await trial.expectState("back", .pending)
        },
    ]
}
