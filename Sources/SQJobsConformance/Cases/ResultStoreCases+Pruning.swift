import SQJobsResults

extension ResultStoreCases {
    static let pruneCases: [ResultStoreCase] = [
        ResultStoreCase("finished rows are pruned once they are older than they are kept") { trial in
            try await trial.end(try await trial.start("old success"), .success(output: nil))
            try await trial.end(try await trial.start("old failure"), .failure(ResultStoreTrial.error))
            try await trial.advance(by: trial.short * 4)
            try await trial.end(try await trial.start("young"), .success(output: nil))
            try await trial.advance(by: trial.short / 4)
            let retention = ResultRetention(finished: trial.short * 2, unknown: ResultStoreTrial.long)
            try trial.expectEqual(try await trial.store.prune(retention, limit: 100), 2, "the rows that were pruned")
            try trial.expectEqual(try await trial.list(), ["young"], "the rows that are left")
        },
        ResultStoreCase("unfinished rows are pruned once nothing was heard of them for long") { trial in
            try await trial.record("forgotten")
            try await trial.start("dead", lease: trial.short)
            _ = try await trial.store.recordPending([try trial.pending("delayed", delay: ResultStoreTrial.long)])
            try await trial.start("alive", lease: ResultStoreTrial.long)
            try await trial.advance(by: trial.short * 6)
            try await trial.record("young")
            let retention = ResultRetention(finished: .zero, unknown: trial.short * 3)
            try trial.expectEqual(try await trial.store.prune(retention, limit: 100), 2, "the rows that were pruned")
            let left = try await trial.list().sorted()
            try trial.expectEqual(left, ["alive", "delayed", "young"], "the rows that are left")
        },
        ResultStoreCase("a step of pruning removes no more rows than it may") { trial in
            for number in 1...5 {
                try await trial.end(try await trial.start("done-\(number)"), .success(output: nil))
                try await trial.record("lost-\(number)")
            }
            try await trial.advance(by: trial.short)
            let retention = ResultRetention(finished: .zero, unknown: .zero)
            var steps: [Int] = []
            repeat { steps.append(try await trial.store.prune(retention, limit: 3)) } while steps.last == 3
            try trial.expectEqual(steps, [3, 3, 3, 1], "the rows of each step")
            try trial.expectEqual(try await trial.list(), [], "the rows that are left")
        },
    ]

    static let rerunCases: [ResultStoreCase] = [
        ResultStoreCase("a job that failed is reopened, once") { trial in
            let arguments = try JobArguments(args: [1])
            _ = try await trial.store.recordPending([try trial.pending("a", arguments: arguments)])
            let id = try ResultID(of: "a")
            try trial.expect(try await trial.store.rerunnable(id) == nil, "a job that waits not to be rerunnable", "it")
            let claim = try await trial.start("a")
            try await trial.end(claim, .failure(ResultStoreTrial.error))
            let job = try trial.require(try await trial.store.rerunnable(id), "the job that failed")
            try trial.expectEqual(job.name, "probe", "the name")
            try trial.expectEqual(job.queue, "probes", "the queue")
            try trial.expectEqual(try await trial.store.reopen(job.claim), true, "the answer")
            let status = try await trial.status("a")
            try trial.expectEqual(status.state, .pending, "the state")
            try trial.expectEqual(status.finishedAt, nil, "the time of finishing")
            try trial.expectEqual(status.error, ResultStoreTrial.error, "the error")
            try trial.expectEqual(try await trial.store.reopen(job.claim), false, "the answer the second time")
            try trial.expectEqual(
                try await trial.complete(claim, .success(output: nil)), false, "the answer to the attempt that failed")
            try await trial.start("a", attempt: 1)
        },
        ResultStoreCase("a job without its arguments, or that is not known, cannot be run again") { trial in
            try await trial.end(try await trial.start("a"), .failure(ResultStoreTrial.error))
            try trial.expect(
                try await trial.store.rerunnable(try ResultID(of: "a")) == nil, "nothing without arguments", "a job")
            try trial.expect(
                try await trial.store.rerunnable(try ResultID(of: "b")) == nil, "nothing of an unknown job", "a job")
        },
        ResultStoreCase("a job that was claimed since is not reopened") { trial in
            let arguments = try JobArguments(args: [1])
            _ = try await trial.store.recordPending([try trial.pending("a", arguments: arguments)])
            try await trial.end(try await trial.start("a"), .failure(ResultStoreTrial.error))
            let job = try trial.require(
                try await trial.store.rerunnable(try ResultID(of: "a")), "the job that failed")
            let claim = try await trial.start("a")
            try trial.expectEqual(try await trial.store.reopen(job.claim), false, "the answer while it runs")
            try await trial.end(claim, .failure(ResultStoreTrial.error))
            try trial.expectEqual(try await trial.store.reopen(job.claim), false, "the answer after it failed again")
            try await trial.expectState("a", .failure)
        },
    ]
}
