import Foundation
import SQJobsResults

extension ResultStoreCases {
    /// What breaks a store that puts texts together instead of binding them, or cuts them at a NUL.
    private static let texts = [
        "it's “quoted” \"twice\" `thrice`", "'; DROP TABLE results; --", "\\' \\x00 \\n %s ? $1 :name {} [] @x",
        "line\nline\r\n\ttab", "émoji 👩‍👩‍👧‍👦 🇪🇸, ñandú, Ω≈ç, עברית, 中文", "e\u{301} is not \u{e9}", "\u{FEFF}\u{200B}",
        String(repeating: "long ", count: 100),
    ]

    static let contentCases: [ResultStoreCase] = [
        ResultStoreCase("names, queues and ids of every kind of character come back as they went in") { trial in
            for (number, text) in texts.enumerated() {
                // What precedes a # is an id, and an id has its limit.
                let id = "\(number) \(text.prefix(100))"
                let pending = try trial.pending(id, name: text, queue: QueueName(text))
                try trial.expectEqual(try await trial.store.recordPending([pending]), [true], "the answer")
                let status = try await trial.status(id)
                try trial.expect(status.id.utf8.elementsEqual(id.utf8), "the id “\(id)”", status.id)
                try trial.expect(status.name.utf8.elementsEqual(text.utf8), "the name “\(text)”", status.name)
                let queue = status.queue.rawValue
                try trial.expect(queue.utf8.elementsEqual(text.utf8), "the queue “\(text)”", queue)
                try trial.expectEqual(try await trial.list(ResultFilter(name: text)), [id], "the jobs of that name")
            }
        },
        ResultStoreCase("errors, notes and outputs of every kind of character come back as they went in") { trial in
            for (number, text) in (texts + ["a\0b\0", "\0"]).enumerated() {
                let claim = try await trial.start("\(number)")
                try await trial.report(claim, 0.5, text)
                let error = StoredError(type: text, message: text, stack: text)
                try await trial.end(claim, .pending(after: error, nextAttemptIn: nil))
                let failed = try await trial.status("\(number)")
                try trial.expectEqual(failed.error, error, "the error")
                try trial.expectEqual(failed.progress?.note, text, "the note")
                let output = try JSONEncoder().encode([text])
                try await trial.end(try await trial.start("\(number)"), .success(output: output))
                let status = try await trial.status("\(number)")
                try trial.expectEqual(status.output, output, "the output's bytes")
                try trial.expectEqual(try status.output(as: [String].self), [text], "the output")
            }
        },
        ResultStoreCase("ids that differ in a letter's case or in a blank are different jobs") { trial in
            let ids = ["a", "A", "a ", " a", "á"]
            let inserted = try await trial.store.recordPending(try ids.map { try trial.pending($0) })
            try trial.expectEqual(inserted, ids.map { _ in true }, "the answers")
        },
        ResultStoreCase("an output of 5 MB comes back as it went in") { trial in
            let output = try JSONEncoder().encode(String(repeating: "0123456789", count: 524_288))
            try await trial.end(try await trial.start("a"), .success(output: output))
            let kept = try await trial.status("a").output
            try trial.expect(kept == output, "the \(output.count) bytes of the output", "\(kept?.count ?? 0) bytes")
        },
        ResultStoreCase("arguments are kept where they were given, and no others") { trial in
            let arguments = try JobArguments(args: [1, "it's\0"], kwargs: ["emoji": "👩‍👩‍👧‍👦"])
            let pending = try trial.pending("recorded", arguments: arguments)
            _ = try await trial.store.recordPending([pending, try trial.pending("without")])
            let claimed = ClaimRequest(
                id: try ResultID(of: "claimed"), name: "probe", queue: "probes", arguments: arguments)
            let requests = [try trial.request("recorded"), try trial.request("without"), claimed]
            for case .started(let claim, _) in try await trial.store.claim(requests, lease: ResultStoreTrial.long) {
                try await trial.end(claim, .failure(ResultStoreTrial.error))
            }
            for id in ["recorded", "claimed"] {
                try trial.expect(try await trial.status(id).keepsArguments, "“\(id)” to keep its arguments", "none")
                let job = try await trial.store.rerunnable(try ResultID(of: id))
                let kept = try trial.require(job, "the arguments of “\(id)”").arguments
                try trial.expectEqual(kept.args, arguments.args, "the positional arguments")
                try trial.expectEqual(kept.kwargs, arguments.kwargs, "the keywords")
            }
            try trial.expect(try await !trial.status("without").keepsArguments, "no arguments of “without”", "some")
        },
    ]
}
