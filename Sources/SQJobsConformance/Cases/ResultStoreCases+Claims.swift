import SQJobsResults

extension ResultStoreCases {
    static let claimCases: [ResultStoreCase] = [
        ResultStoreCase("a claim makes the row RUNNING and counts the attempt") { trial in
            try await trial.record("a")
            try await trial.start("a", lease: .seconds(60), attempt: 1)
            let status = try await trial.status("a")
            try trial.expectEqual(status.state, .running, "the state")
            try trial.expectEqual(status.attempt, 1, "the attempt")
            try trial.expect(status.startedAt != nil, "a time at which it started", "none")
            let lease = try trial.require(status.leaseRemaining, "what is left of the lease")
            try trial.expect(lease > .seconds(30) && lease <= .seconds(60), "about 60 s of the lease", "\(lease)")
        },
        ResultStoreCase("a row that is absent is inserted by its claim") { trial in
            try await trial.start("a", attempt: 1)
            let status = try await trial.status("a")
            try trial.expectEqual(status.state, .running, "the state")
            try trial.expectEqual(status.name, "probe", "the name")
            try trial.expectEqual(status.queue, "probes", "the queue")
        },
        ResultStoreCase("a claim writes the name and the queue that the message has now") { trial in
            try await trial.record("a")
            let moved = try trial.request("a", name: "renamed", queue: "moved")
            _ = try await trial.store.claim([moved], lease: ResultStoreTrial.long)
            let status = try await trial.status("a")
            try trial.expectEqual(status.name, "renamed", "the name")
            try trial.expectEqual(status.queue, "moved", "the queue")
        },
        ResultStoreCase("a row that is held is refused, with what is left of its lease") { trial in
            try await trial.start("a", lease: .seconds(60))
            try await trial.expectHeld("a", atMost: .seconds(60))
            try await trial.expectHeld("a", in: trial.harness.otherStore, atMost: .seconds(60))
            try trial.expectEqual(try await trial.status("a").attempt, 1, "the attempt")
        },
        ResultStoreCase("a job that succeeded is not run again") { trial in
            let claim = try await trial.start("a")
            try await trial.end(claim, .success(output: nil))
            try trial.expectEqual(try await trial.claim("a"), .succeeded, "the answer to another claim")
            try await trial.expectState("a", .success)
        },
        ResultStoreCase("a job that failed for good can be claimed again, and counts from the start") { trial in
            try await trial.end(try await trial.start("a"), .pending(after: nil, nextAttemptIn: nil))
            try await trial.end(try await trial.start("a", attempt: 2), .failure(ResultStoreTrial.error))
            try await trial.start("a", attempt: 1)
            let status = try await trial.status("a")
            try trial.expectEqual(status.state, .running, "the state")
            try trial.expect(status.finishedAt == nil, "no time of finishing", "one")
            try trial.expectEqual(status.error, ResultStoreTrial.error, "the error of the last attempt")
        },
        ResultStoreCase("the attempts of a job that waits again go on counting") { trial in
            for attempt in 1...4 {
                let claim = try await trial.start("a", attempt: attempt)
                try await trial.end(claim, .pending(after: ResultStoreTrial.error, nextAttemptIn: .zero))
                try trial.expectEqual(try await trial.status("a").attempt, attempt, "the attempt")
            }
        },
        ResultStoreCase("tokens grow with each claim of a row") { trial in
            var tokens: [Int64] = []
            for _ in 1...3 {
                let claim = try await trial.start("a")
                tokens.append(claim.token)
                try await trial.end(claim, .failure(ResultStoreTrial.error))
            }
            try trial.expect(tokens[0] < tokens[1] && tokens[1] < tokens[2], "tokens that grow", "\(tokens)")
        },
        ResultStoreCase("two workers race for 200 jobs: each is run by one of them") { trial in
            let ids = (1...200).map { "job-\($0)" }
            let stores = [trial.store, trial.harness.otherStore]
            let started = try await withThrowingTaskGroup(of: [String].self) { group in
                for (number, store) in stores.enumerated() {
                    let order = number == 0 ? ids : ids.reversed()
                    for start in stride(from: 0, to: ids.count, by: 8) {
                        let batch = Array(order[start..<min(start + 8, ids.count)])
                        group.addTask {
                            let answers = try await store.claim(
                                try batch.map { try trial.request($0) }, lease: ResultStoreTrial.long)
                            return zip(batch, answers).filter { $0.1.isStarted }.map(\.0)
                        }
                    }
                }
                return try await group.reduce(into: []) { $0 += $1 }
            }
            try trial.expectEqual(started.sorted(), ids.sorted(), "the jobs that were started")
        },
    ]
}

extension ClaimAnswer {
    var isStarted: Bool {
        guard case .started = self else { return false }
        return true
    }
}
