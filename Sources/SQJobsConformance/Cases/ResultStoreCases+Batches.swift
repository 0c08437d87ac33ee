import SQJobsResults

extension ResultStoreCases {
    static let batchCases: [ResultStoreCase] = [
        ResultStoreCase("each entry of a claim has an answer of its own, in order") { trial in
            try await trial.start("held")
            try await trial.end(try await trial.start("done"), .success(output: nil))
            try await trial.record("waiting")
            let requests = try ["held", "waiting", "done", "new"].map { try trial.request($0) }
            let answers = try await trial.store.claim(requests, lease: ResultStoreTrial.long)
            let words = try trial.answered(4, by: "claim", answers).map(\.word)
            try trial.expectEqual(words, ["held", "started", "succeeded", "started"], "the answers")
            for (request, answer) in zip(requests, answers) {
                guard case .started(let claim, _) = answer else { continue }
                try trial.expectEqual(claim.id, request.id, "the claim's job")
            }
        },
        ResultStoreCase("an ending that is refused keeps no other of its call from being written") { trial in
            let late = try await trial.start("a", lease: trial.short)
            try await trial.advance(by: trial.short * 2)
            try await trial.start("a")
            let good = [try await trial.start("b"), try await trial.start("c")]
            let completions = [good[0], late, good[1]].map {
                ResultCompletion(claim: $0, ending: .success(output: .init("\"\($0.id)\"".utf8)))
            }
            try trial.expectEqual(try await trial.store.complete(completions), [true, false, true], "the answers")
            try trial.expectEqual(try await trial.status("b").output(as: String.self), "b", "the output of “b”")
            try trial.expectEqual(try await trial.status("c").output(as: String.self), "c", "the output of “c”")
            try await trial.expectState("a", .running)
        },
        ResultStoreCase("each entry of a renewal has an answer of its own, in order") { trial in
            let claims = [try await trial.start("a"), try await trial.start("b"), try await trial.start("c")]
            try await trial.end(claims[1], .success(output: nil))
            let answers = try await trial.store.renew(claims, lease: ResultStoreTrial.long)
            try trial.expectEqual(answers, [true, false, true], "the answers")
        },
        ResultStoreCase("an identity that stands in a call twice is treated as in two calls") { trial in
            let twice = [try trial.pending("a"), try trial.pending("b"), try trial.pending("a")]
            try trial.expectEqual(try await trial.store.recordPending(twice), [true, true, false], "recordPending")
            let requests = try ["a", "b", "a"].map { try trial.request($0) }
            let answers = try await trial.store.claim(requests, lease: ResultStoreTrial.long)
            try trial.expectEqual(answers.map(\.word), ["started", "started", "held"], "claim")
            try trial.expectEqual(try await trial.statuses("a", "b", "a").map { $0?.id }, ["a", "b", "a"], "statuses")
            try trial.expectEqual(try await trial.status("a").attempt, 1, "the attempt")
        },
        ResultStoreCase("calls for no entries do nothing") { trial in
            let store = trial.store
            try trial.expect(try await store.recordPending([]).isEmpty, "no answer of recordPending", "some")
            try await store.withdraw([])
            try trial.expect(try await store.claim([], lease: trial.short).isEmpty, "no answer of claim", "some")
            try trial.expect(try await store.renew([], lease: trial.short).isEmpty, "no answer of renew", "some")
            try await store.report([])
            try trial.expect(try await store.complete([]).isEmpty, "no answer of complete", "some")
            try trial.expect(try await store.statuses(of: []).isEmpty, "no answer of statuses", "some")
        },
        ResultStoreCase("a thousand jobs are recorded, claimed and completed in one call each") { trial in
            let ids = (1...1000).map { "job-\($0)" }
            let inserted = try await trial.store.recordPending(try ids.map { try trial.pending($0) })
            try trial.expectEqual(inserted, ids.map { _ in true }, "the answers of recordPending")
            let answers = try await trial.store.claim(
                try ids.map { try trial.request($0) }, lease: ResultStoreTrial.long)
            let completions = answers.enumerated().compactMap { number, answer -> ResultCompletion? in
                guard case .started(let claim, attempt: 1) = answer else { return nil }
                return ResultCompletion(claim: claim, ending: .success(output: .init("\(number)".utf8)))
            }
            try trial.expectEqual(completions.count, 1000, "the jobs that were started")
            let written = try await trial.store.complete(completions)
            try trial.expectEqual(written, ids.map { _ in true }, "the answers of complete")
            let statuses = try await trial.store.statuses(of: try ids.map { try ResultID(of: $0) })
            let outputs = try statuses.map { try $0?.output(as: Int.self) }
            try trial.expectEqual(outputs, (0..<1000).map(Optional.some), "the outputs")
        },
    ]
}

extension ClaimAnswer {
    var word: String {
        switch self {
        case .started: "started"
        case .succeeded: "succeeded"
        case .held: "held"
        }
    }
}
