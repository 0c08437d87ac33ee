import Foundation
import SQJobsPeriodic

extension ScheduleStoreCases {
    static let outboxCases: [ScheduleStoreCase] = [
        ScheduleStoreCase("an entry comes back as it went in") { trial in
            let text = "'; DROP TABLE x; -- \"quotes\" \u{1F98A} \u{301} \\ \n"
            let entry = OutboxEntry(
                message: JobMessage(
                    id: "id \(text)", name: "name \(text)",
                    arguments: try JobArguments(args: [1, .string("\0\(text)")], kwargs: [text: .double(0.1)])),
                queue: QueueName("queue \(text)"), dueAt: trial.time(-1.5), group: "group \(text)",
                deduplicationID: "deduplication \(text)", attributes: ["a": text, "b": "\0"],
                orderingKey: "key \(text)", onceKey: "once \(text)", isPrepared: true)
            try await trial.put(entry)
            let claims = try await trial.claim()
            try trial.expectEqual(claims.count, 1, "the number of entries")
            let (got, expected) = (claims[0].entry, entry)
            try trial.expectEqual(got.message.id, expected.message.id, "the id")
            try trial.expectEqual(got.message.name, expected.message.name, "the name")
            try trial.expectEqual(got.message.arguments.args, expected.message.arguments.args, "the arguments")
            try trial.expectEqual(got.message.arguments.kwargs, expected.message.arguments.kwargs, "the keywords")
            try trial.expectEqual(got.queue, expected.queue, "the queue")
            try trial.expectEqual(got.dueAt, expected.dueAt, "the time at which it is due")
            try trial.expectEqual(got.group, expected.group, "the group")
            try trial.expectEqual(got.deduplicationID, expected.deduplicationID, "the deduplication id")
            try trial.expectEqual(got.attributes, expected.attributes, "the attributes")
            try trial.expectEqual(got.orderingKey, expected.orderingKey, "the ordering key")
            try trial.expectEqual(got.onceKey, expected.onceKey, "the once key")
            try trial.expectEqual(got.isPrepared, true, "whether it passed the middleware")
            try trial.expectEqual(claims[0].refusals, 0, "the number of refusals")
        },
        ScheduleStoreCase("a text with a NUL is refused beforehand by an error that names it") { trial in
            let arguments = try JobArguments()
            let changes: [(what: String, change: (inout OutboxEntry) -> Void)] = [
                ("id", { $0.message = JobMessage(id: "a\0", name: "probe", arguments: arguments) }),
                ("name", { $0.message = JobMessage(id: "a", name: "\0probe", arguments: arguments) }),
                ("queue", { $0.queue = "pro\0bes" }), ("group", { $0.group = "\0" }),
                ("deduplication id", { $0.deduplicationID = "\0" }), ("ordering key", { $0.orderingKey = "\0" }),
                ("once key", { $0.onceKey = "\0" }),
            ]
            for (what, change) in changes {
                var entry = try trial.entry("a")
                change(&entry)
                do {
                    try await trial.put(try trial.entry("b"), entry)
                } catch let error as SQJobsError {
                    try trial.expectEqual(error.code, .storeRefused, "the error for the \(what)")
                    try trial.expect(error.message.contains("The \(what) "), "the \(what) in the error", error.message)
                    continue
                }
                throw ConformanceFailure(expected: "an error for the \(what)", got: "none")
            }
            try await trial.expectWaiting()
        },
        ScheduleStoreCase("an entry is not claimed before it is due") { trial in
            try await trial.put(try trial.entry("a", due: 60))
            try await trial.expectClaim(at: 59)
            try await trial.expectClaim("a", at: 60)
        },
        ScheduleStoreCase("entries are claimed in the order in which they became due, up to the limit") { trial in
            try await trial.put(
                try trial.entry("c", due: 3), try trial.entry("a", due: 1), try trial.entry("b", due: 2),
                try trial.entry("d", due: 3))
            for ids in [["a", "b"], ["c", "d"], []] {
                let claims = try await trial.claim(2, at: 10)
                try trial.expectEqual(claims.map(\.entry.message.id), ids, "the entries that are claimed")
            }
        },
        ScheduleStoreCase("an entry that is held is not claimed by another relay until its lease ends") { trial in
            try await trial.put(try trial.entry("a"))
            let first = try await trial.expectClaim("a", lease: trial.short)
            let none = try await trial.claim(in: trial.harness.otherStore)
            try trial.expectEqual(none.count, 0, "the number of entries for another relay")
            try await trial.advance(by: trial.short * 1.5)
            let second = try await trial.claim(in: trial.harness.otherStore)
            try trial.expectEqual(second.map(\.entry.message.id), ["a"], "the entries once the lease has ended")
            try trial.expectEqual(second[0].number, first[0].number, "the entry's number")
            try trial.expect(second[0].token > first[0].token, "a token that grew", "\(second[0].token)")
        },
        ScheduleStoreCase("an entry that was removed is gone, whoever held it last") { trial in
            try await trial.put(try trial.entry("a"), try trial.entry("b"))
            let first = try await trial.expectClaim("a", "b", lease: trial.short)
            try await trial.advance(by: trial.short * 1.5)
            try await trial.expectClaim("a", "b", lease: trial.short)
            try await trial.store.remove([first[0].number])
            try await trial.store.remove([first[0].number])
            try await trial.expectWaiting("b")
        },
        ScheduleStoreCase("an entry whose once key waits is not put in again") { trial in
            let answers = try await trial.put(
                try trial.entry("a", onceKey: "k"), try trial.entry("b", onceKey: "k"), try trial.entry("c"),
                try trial.entry("c"))
            try trial.expectEqual(answers, [true, false, true, true], "the answers")
            try await trial.expectWaiting("a", "c", "c")
            let claims = try await trial.expectClaim("a", "c", "c")
            try await trial.store.remove(claims.map(\.number))
            let again = try await trial.put(try trial.entry("d", onceKey: "k"))
            try trial.expectEqual(again, [true], "the answer once the first is gone")
        },
        ScheduleStoreCase("the next time at which an entry becomes due is known") { trial in
            try trial.expect(
                try await trial.store.nextDue(after: trial.time(), queues: []) == nil, "no time of an empty outbox",
                "one")
            try await trial.put(
                try trial.entry("a"), try trial.entry("b", due: 90), try trial.entry("c", queue: "others", due: 60))
            let next = try await trial.store.nextDue(after: trial.time(), queues: [])
            try trial.expectEqual(next, trial.time(60), "the next time")
            let probes = try await trial.store.nextDue(after: trial.time(), queues: ["probes"])
            try trial.expectEqual(probes, trial.time(90), "the next time of one queue")
        },
        ScheduleStoreCase("entries of queues that were not asked for are left alone") { trial in
            try await trial.put(
                try trial.entry("a", queue: "x"), try trial.entry("b", queue: "y"), try trial.entry("c", queue: "z"))
            let claims = try await trial.claim(queues: ["x", "z"])
            try trial.expectEqual(claims.map(\.entry.message.id), ["a", "c"], "the entries that are claimed")
            try await trial.expectClaim("b")
        },
        ScheduleStoreCase("what waits is listed in order, page by page") { trial in
            for id in ["a", "b", "c"] { try await trial.put(try trial.entry(id, due: 60)) }
            let first = try await trial.store.waiting(after: 0, limit: 2)
            try trial.expectEqual(first.map(\.id), ["a", "b"], "the first page")
            let second = try await trial.store.waiting(after: first[1].number, limit: 2)
            try trial.expectEqual(second.map(\.id), ["c"], "the second page")
            try trial.expectEqual(second[0].dueAt, trial.time(60), "the time at which it is due")
            try trial.expectEqual(second[0].error, nil, "the error")
        },
        ScheduleStoreCase("relays that race claim each entry once") { trial in
            for batch in 0..<10 {
                _ = try await trial.store.put(try (0..<10).map { try trial.entry("\(batch)-\($0)") })
            }
            let claimed = try await withThrowingTaskGroup(of: [String].self) { group in
                for relay in 0..<8 {
                    group.addTask {
                        let store = relay % 2 == 0 ? trial.harness.store : trial.harness.otherStore
                        var ids: [String] = []
                        while true {
                            let claims = try await trial.claim(7, in: store)
                            guard !claims.isEmpty else { return ids }
                            ids += claims.map(\.entry.message.id)
                        }
                    }
                }
                return try await group.reduce(into: []) { $0 += $1 }
            }
            try trial.expectEqual(Set(claimed).count, claimed.count, "the number of different entries")
            // One that another relay had locked just then is left for the next time.
            let rest = try await trial.claim(1000)
            try trial.expectEqual(claimed.count + rest.count, 100, "the number of entries that were claimed")
        },
    ]
}
