import Foundation
import SQJobsResults

extension ResultStoreCases {
    static let endingCases: [ResultStoreCase] = [
        ResultStoreCase("a success keeps its output and no error") { trial in
            try await trial.end(
                try await trial.start("a"), .pending(after: ResultStoreTrial.error, nextAttemptIn: .zero))
            try await trial.end(try await trial.start("a"), .success(output: .init("[1,2]".utf8)))
            let status = try await trial.status("a")
            try trial.expectEqual(status.state, .success, "the state")
            try trial.expectEqual(try status.output(as: [Int].self), [1, 2], "the output")
            try trial.expectEqual(status.error, nil, "the error")
            try trial.expectEqual(status.attempt, 2, "the attempt")
            let start = try trial.require(status.startedAt, "a time of starting")
            let end = try trial.require(status.finishedAt, "a time of finishing")
            try trial.expect(start <= end && status.createdAt <= start, "times in their order", "\(status)")
            try trial.expectEqual(status.leaseRemaining, nil, "what is left of the lease")
        },
        ResultStoreCase("a job of which only the state is kept has no output") { trial in
            try await trial.end(try await trial.start("a"), .success(output: nil))
            try trial.expectEqual(try await trial.status("a").output, nil, "the output")
        },
        ResultStoreCase("a failure keeps its error and when it finished") { trial in
            let error = StoredError(type: "Shop.SoldOut", message: "none is left", stack: "main.swift:1")
            try await trial.end(try await trial.start("a"), .failure(error))
            let status = try await trial.status("a")
            try trial.expectEqual(status.state, .failure, "the state")
            try trial.expectEqual(status.error, error, "the error")
            try trial.expect(status.finishedAt != nil, "a time of finishing", "none")
            try trial.expectEqual(status.leaseRemaining, nil, "what is left of the lease")
        },
        ResultStoreCase("an attempt that failed leaves the job PENDING, with its error and its next attempt") { trial in
            let claim = try await trial.start("a")
            try await trial.end(claim, .pending(after: ResultStoreTrial.error, nextAttemptIn: .seconds(300)))
            let status = try await trial.status("a")
            try trial.expectEqual(status.state, .pending, "the state")
            try trial.expectEqual(status.error, ResultStoreTrial.error, "the error")
            try trial.expectEqual(status.finishedAt, nil, "the time of finishing")
            let next = try trial.require(status.nextAttemptAt, "a time of the next attempt")
            let delay = next.timeIntervalSince(status.updatedAt)
            try trial.expect(abs(delay - 300) < 0.001, "the next attempt 300 s after the last", "\(delay)")
        },
        ResultStoreCase("a job that is given back keeps the error that it had") { trial in
            let first = try await trial.start("a")
            try await trial.end(first, .pending(after: ResultStoreTrial.error, nextAttemptIn: .seconds(300)))
            try await trial.end(try await trial.start("a"), .pending(after: nil, nextAttemptIn: nil))
            let status = try await trial.status("a")
            try trial.expectEqual(status.state, .pending, "the state")
            try trial.expectEqual(status.error, ResultStoreTrial.error, "the error")
            try trial.expectEqual(status.nextAttemptAt, nil, "the time of the next attempt")
        },
        ResultStoreCase("writing an ending again has the same answer") { trial in
            let claim = try await trial.start("a")
            for _ in 1...2 { try await trial.end(claim, .success(output: .init("1".utf8))) }
            try trial.expectEqual(try await trial.status("a").output, .init("1".utf8), "the output")
            let other = try await trial.start("b")
            for _ in 1...2 { try await trial.end(other, .pending(after: ResultStoreTrial.error, nextAttemptIn: nil)) }
            try await trial.start("b", attempt: 2)
        },
        ResultStoreCase("progress is kept while a job runs, and gone with its next attempt") { trial in
            let claim = try await trial.start("a")
            try await trial.report(claim, 0.25, "resizing")
            try await trial.report(claim, 0.5)
            try trial.expectEqual(try await trial.status("a").progress, JobProgress(fraction: 0.5), "the progress")
            try await trial.report(claim, 0.75, "writing")
            let expected = JobProgress(fraction: 0.75, note: "writing")
            try trial.expectEqual(try await trial.status("a").progress, expected, "the progress")
            try await trial.end(claim, .pending(after: nil, nextAttemptIn: nil))
            try await trial.start("a")
            try trial.expectEqual(try await trial.status("a").progress, nil, "the progress of the next attempt")
        },
        ResultStoreCase("progress of a job that ended is ignored") { trial in
            let claim = try await trial.start("a")
            try await trial.report(claim, 1)
            try await trial.end(claim, .success(output: nil))
            try await trial.report(claim, 0.5)
            try trial.expectEqual(try await trial.status("a").progress?.fraction, 1, "the progress")
        },
    ]
}
