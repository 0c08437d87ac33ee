import SQJobsResults

extension ResultStoreCases {
    static let listCases: [ResultStoreCase] = [
        ResultStoreCase("a job that nobody heard of has no status") { trial in
            try await trial.record("a")
            try trial.expectEqual(
                try await trial.statuses("b", "a", "c").map { $0?.id }, [nil, "a", nil], "the statuses' ids")
        },
        ResultStoreCase("a list is newest first, and jobs of one time are in the order of their ids") { trial in
            try trial.expectEqual(try await trial.list(), [], "an empty store's list")
            try await trial.record("b", "c", "a")
            try await trial.advance(by: trial.short)
            try await trial.record("new")
            let ids = try await trial.list()
            try trial.expectEqual(ids.first, "new", "the newest job")
            try trial.expectEqual(ids.count, 4, "the number of jobs")
            let statuses = try await trial.store.list(ResultFilter(), after: nil, limit: 10).statuses
            for (newer, older) in zip(statuses, statuses.dropFirst()) {
                try trial.expect(
                    (newer.createdAt, newer.id) > (older.createdAt, older.id), "an order of times and ids",
                    "\(newer.id) before \(older.id)")
            }
        },
        ResultStoreCase("pages leave nothing out and repeat nothing, also while jobs come and go") { trial in
            let old = (100..<130).map { "old-\($0)" }
            for start in stride(from: 0, to: old.count, by: 10) {
                _ = try await trial.store.recordPending(try old[start..<start + 10].map { try trial.pending($0) })
                try await trial.advance(by: trial.short / 10)
            }
            var seen: [String] = []
            var cursor: ResultCursor?
            repeat {
                let page = try await trial.store.list(ResultFilter(), after: cursor, limit: 7)
                seen += trial.ids(page)
                cursor = page.next
                // Newer ones come, and one that was seen goes.
                try await trial.record("new-\(seen.count)", "newer-\(seen.count)")
                try await trial.store.withdraw(try seen.suffix(1).map { try ResultID(of: $0) })
            } while cursor != nil && seen.count < 100
            try trial.expectEqual(seen.sorted(), old, "the jobs on all pages")
        },
        ResultStoreCase("a page says whether another follows") { trial in
            try await trial.record("a", "b", "c", "d")
            let first = try await trial.store.list(ResultFilter(), after: nil, limit: 2)
            let cursor = try trial.require(first.next, "a place where the next page begins")
            try trial.expectEqual(ResultCursor(cursor.description), cursor, "a cursor that was printed and read")
            let second = try await trial.store.list(ResultFilter(), after: cursor, limit: 2)
            try trial.expectEqual(second.next, nil, "the place after the last page")
            try trial.expectEqual(
                (trial.ids(first) + trial.ids(second)).sorted(), ["a", "b", "c", "d"], "the jobs of both pages")
            let whole = try await trial.store.list(ResultFilter(), after: nil, limit: 4)
            try trial.expectEqual(whole.next, nil, "the place after a page that holds all")
        },
        ResultStoreCase("a filter of states lets pass the jobs that are in one of them") { trial in
            try await trial.record("pending")
            try await trial.start("running")
            try await trial.end(try await trial.start("success"), .success(output: nil))
            try await trial.end(try await trial.start("failure"), .failure(ResultStoreTrial.error))
            for state in JobState.allCases {
                let ids = try await trial.list(ResultFilter(states: [state]))
                try trial.expectEqual(ids, [state.rawValue.lowercased()], "the jobs that are \(state)")
            }
            let unfinished = try await trial.list(ResultFilter(states: [.pending, .running]))
            try trial.expectEqual(unfinished.sorted(), ["pending", "running"], "the unfinished jobs")
            let mixed = try await trial.list(ResultFilter(states: [.failure, .running]))
            try trial.expectEqual(mixed.sorted(), ["failure", "running"], "the failed and the running jobs")
        },
        ResultStoreCase("a filter of name, queue and time lets pass what fits all of it") { trial in
            _ = try await trial.store.recordPending([
                try trial.pending("old", name: "wanted", queue: "here"),
                try trial.pending("other", name: "unwanted", queue: "here"),
            ])
            try await trial.advance(by: trial.short)
            _ = try await trial.store.recordPending([
                try trial.pending("new", name: "wanted", queue: "here"),
                try trial.pending("elsewhere", name: "wanted", queue: "there"),
            ])
            let split = try await trial.status("new").createdAt
            try trial.expectEqual(
                try await trial.list(ResultFilter(name: "wanted", queue: "here")), ["new", "old"], "name and queue")
            try trial.expectEqual(
                try await trial.list(ResultFilter(queue: "here", createdFrom: split)), ["new"], "queue and from")
            try trial.expectEqual(
                try await trial.list(ResultFilter(name: "wanted", createdBefore: split)), ["old"], "name and before")
            let paged = try await trial.list(ResultFilter(name: "wanted"), pages: 1)
            try trial.expectEqual(paged.count, 3, "the jobs of the name, one a page")
        },
    ]
}
