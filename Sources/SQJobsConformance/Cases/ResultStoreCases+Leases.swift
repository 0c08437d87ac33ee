import SQJobsResults

extension ResultStoreCases {
    static let leaseCases: [ResultStoreCase] = [
        ResultStoreCase("a lease that ended is taken over") { trial in
            let dead = try await trial.start("a", lease: trial.short)
            try await trial.expectHeld("a", atMost: trial.short)
            try await trial.advance(by: trial.short * 1.5)
            let next = try await trial.start("a", attempt: 2)
            try trial.expect(next.token > dead.token, "a token greater than \(dead.token)", "\(next.token)")
            try await trial.expectHeld("a", atMost: ResultStoreTrial.long)
        },
        ResultStoreCase("what is left of a lease is long enough to wait for its end") { trial in
            try await trial.start("a", lease: trial.short)
            guard case .held(let remaining) = try await trial.claim("a") else {
                throw ConformanceFailure(expected: "the row to be held", got: "another answer")
            }
            try await trial.advance(by: remaining)
            try await trial.start("a", attempt: 2)
        },
        ResultStoreCase("renewing holds a row for longer, and again") { trial in
            let claim = try await trial.start("a", lease: trial.short * 3)
            for _ in 1...3 {
                try trial.expectEqual(try await trial.renew(claim, lease: trial.short * 4), true, "the answer")
                try await trial.advance(by: trial.short * 2)
                try await trial.expectHeld("a", atMost: trial.short * 4)
            }
            try await trial.advance(by: trial.short * 3)
            try await trial.start("a", attempt: 2)
        },
        ResultStoreCase("a lease that ended is renewed as long as nobody else claimed the row") { trial in
            let claim = try await trial.start("a", lease: trial.short)
            try await trial.advance(by: trial.short * 2)
            try trial.expectEqual(try await trial.renew(claim, lease: ResultStoreTrial.long), true, "the answer")
            try await trial.expectHeld("a", atMost: ResultStoreTrial.long)
        },
        ResultStoreCase("an attempt is written after its lease ended, as long as nobody else claimed the row") {
            trial in
            let claim = try await trial.start("a", lease: trial.short)
            try await trial.advance(by: trial.short * 2)
            try await trial.end(claim, .success(output: nil))
            try await trial.expectState("a", .success)
        },
        ResultStoreCase("a job whose worker is silent for long reads as lost") { trial in
            let claim = try await trial.start("a", lease: trial.short)
            try await trial.advance(by: trial.short * 2)
            let status = try await trial.status("a")
            try trial.expectEqual(status.state, .running, "the state")
            let remaining = try trial.require(status.leaseRemaining, "what is left of the lease")
            try trial.expect(remaining < .zero, "less than nothing left of a lease that ended", "\(remaining)")
            try trial.expect(!status.isLost, "a job whose lease ended just now not to be lost", "lost")
            var later = status
            later.leaseRemaining = remaining - JobStatus.lostAfter
            try trial.expect(later.isLost, "a job whose lease ended long ago to be lost", "not lost")
            try await trial.end(claim, .pending(after: nil, nextAttemptIn: nil))
            try trial.expect(
                try await trial.status("a").leaseRemaining == nil, "no lease of a job that waits", "one")
        },
    ]

    static let fenceCases: [ResultStoreCase] = [
        ResultStoreCase("a late worker's ending is refused") { trial in
            let late = try await trial.start("a", lease: trial.short)
            try await trial.advance(by: trial.short * 2)
            let newest = try await trial.start("a")
            let endings: [ResultCompletion.Ending] = [
                .success(output: .init("1".utf8)), .failure(ResultStoreTrial.error),
                .pending(after: nil, nextAttemptIn: nil),
            ]
            for ending in endings {
                try trial.expectEqual(try await trial.complete(late, ending), false, "the answer to the late worker")
                try await trial.expectState("a", .running)
            }
            try await trial.end(newest, .success(output: .init("2".utf8)))
            try trial.expectEqual(try await trial.complete(late, endings[0]), false, "the answer after the end")
            try trial.expectEqual(try await trial.status("a").output, .init("2".utf8), "the output")
        },
        ResultStoreCase("a late worker's lease is not renewed") { trial in
            let late = try await trial.start("a", lease: trial.short)
            try await trial.advance(by: trial.short * 2)
            let newest = try await trial.start("a", lease: trial.short * 4)
            try trial.expectEqual(
                try await trial.renew(late, lease: ResultStoreTrial.long), false, "the answer to the late worker")
            try await trial.expectHeld("a", atMost: trial.short * 4)
            try await trial.end(newest, .success(output: nil))
            try trial.expectEqual(
                try await trial.renew(newest, lease: ResultStoreTrial.long), false, "the answer once the job has ended")
        },
        ResultStoreCase("a late worker's progress is ignored") { trial in
            let late = try await trial.start("a", lease: trial.short)
            try await trial.advance(by: trial.short * 2)
            let newest = try await trial.start("a")
            try await trial.report(newest, 0.25)
            try await trial.report(late, 0.75)
            try trial.expectEqual(try await trial.status("a").progress?.fraction, 0.25, "the progress")
        },
        ResultStoreCase("nothing can be written of a row that is gone") { trial in
            let claim = try await trial.start("a")
            try await trial.end(claim, .success(output: nil))
            try await trial.advance(by: trial.short)
            _ = try await trial.store.prune(ResultRetention(finished: .zero), limit: 10)
            try await trial.expectGone("a", because: "it was pruned")
            try trial.expectEqual(try await trial.complete(claim, .success(output: nil)), false, "complete")
            try trial.expectEqual(try await trial.renew(claim, lease: trial.short), false, "renew")
            try await trial.report(claim, 0.5)
            try await trial.expectGone("a", because: "a claim brings no row back")
        },
    ]
}
