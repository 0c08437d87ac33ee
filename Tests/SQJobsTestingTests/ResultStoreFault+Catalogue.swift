import SQJobsTesting

import struct Foundation.Data
import struct Foundation.Date

extension ResultStoreFault {
    /// For each conformance case a store that breaks its promise.
    static let catalogue: [String: ResultStoreFault] = recording.merging(claiming, uniquingKeysWith: keepFirst)
        .merging(fencing, uniquingKeysWith: keepFirst)
        .merging(ending, uniquingKeysWith: keepFirst)
        .merging(batching, uniquingKeysWith: keepFirst)
        .merging(keeping, uniquingKeysWith: keepFirst)
        .merging(listing, uniquingKeysWith: keepFirst)
        .merging(pruning, uniquingKeysWith: keepFirst)
        .merging(working, uniquingKeysWith: keepFirst)

    private static let recording: [String: ResultStoreFault] = [
        "a job that is about to be sent is PENDING": with {
            $0.recordPending = { memory, jobs in
                try await memory.recordPending(jobs.map { PendingResult(id: $0.id, name: $0.name, queue: $0.queue) })
            }
        },
        "a row that is there is left alone when its job is recorded again": with {
            $0.recordPending = { memory, jobs in
                _ = try await memory.recordPending(jobs)
                return jobs.map { _ in true }
            }
        },
        "withdrawing removes the row of a job that was not sent": with {
            $0.withdraw = { try await $0.withdraw(Array($1.prefix(1))) }
        },
        "withdrawing leaves the row of a job that was ever claimed": with {
            $0.withdraw = { memory, ids in
                let claims = try await memory.claim(
                    ids.map { ClaimRequest(id: $0, name: "", queue: "") }, lease: .nanoseconds(-1))
                for case .started(let claim, _) in claims {
                    _ = try await memory.complete([ResultCompletion(claim: claim, ending: .success(output: nil))])
                }
            }
        },
    ]

    private static let claiming: [String: ResultStoreFault] = [
        "a claim makes the row RUNNING and counts the attempt": tellingWith { $0.attempt = 0 },
        "a row that is absent is inserted by its claim": with {
            $0.claim = { memory, jobs, lease in
                let known = try await memory.statuses(of: jobs.map(\.id))
                guard known.allSatisfy({ $0 != nil }) else { throw refusal }
                return try await memory.claim(jobs, lease: lease)
            }
        },
        "a claim writes the name and the queue that the message has now": with {
            $0.claim = { memory, jobs, lease in
                try await memory.claim(
                    jobs.map { ClaimRequest(id: $0.id, name: "probe", queue: "probes") }, lease: lease)
            }
        },
        "a row that is held is refused, with what is left of its lease": generous,
        "a job that succeeded is not run again": endingWith { _ in .pending(after: nil, nextAttemptIn: nil) },
        "a job that failed for good can be claimed again, and counts from the start": endingWith { ending in
            guard case .failure(let error) = ending else { return ending }
            return .pending(after: error, nextAttemptIn: nil)
        },
        "the attempts of a job that waits again go on counting": endingWith { ending in
            guard case .pending(let error?, _) = ending else { return ending }
            return .failure(error)
        },
        "tokens grow with each claim of a row": with {
            $0.claim = { memory, jobs, lease in
                try await memory.claim(jobs, lease: lease).map { answer in
                    guard case .started(let claim, let attempt) = answer else { return answer }
                    return .started(ResultClaim(id: claim.id, token: min(claim.token, 1)), attempt: attempt)
                }
            }
            $0.complete = { memory, completions in
                for number in 1...9 {
                    let claims = completions.map { ResultClaim(id: $0.claim.id, token: Int64(number)) }
                    _ = try await memory.complete(
                        zip(claims, completions).map { ResultCompletion(claim: $0, ending: $1.ending) })
                }
                return completions.map { _ in true }
            }
        },
        "two workers race for 200 jobs: each is run by one of them": generous,
        "a lease that ended is taken over": with {
            $0.claim = { memory, jobs, _ in try await memory.claim(jobs, lease: .seconds(3600)) }
        },
        "what is left of a lease is long enough to wait for its end": with {
            $0.claim = { memory, jobs, lease in
                try await memory.claim(jobs, lease: lease).map { answer in
                    guard case .held(let remaining) = answer else { return answer }
                    return .held(for: remaining / 2)
                }
            }
        },
        "renewing holds a row for longer, and again": with { $0.renew = { _, claims, _ in claims.map { _ in true } } },
        "a lease that ended is renewed as long as nobody else claimed the row": with {
            $0.renew = { memory, claims, lease in
                let statuses = try await memory.statuses(of: claims.map(\.id))
                guard statuses.allSatisfy({ ($0?.leaseRemaining ?? .zero) > .zero }) else {
                    return claims.map { _ in false }
                }
                return try await memory.renew(claims, lease: lease)
            }
        },
        "a job whose worker is silent for long reads as lost": tellingWith {
            $0.leaseRemaining = $0.leaseRemaining.map { max($0, .zero) }
        },
    ]

    private static let fencing: [String: ResultStoreFault] = [
        "an attempt is written after its lease ended, as long as nobody else claimed the row": with {
            $0.complete = { memory, completions in
                let statuses = try await memory.statuses(of: completions.map(\.claim.id))
                guard statuses.allSatisfy({ ($0?.leaseRemaining ?? .zero) > .zero }) else {
                    return completions.map { _ in false }
                }
                return try await memory.complete(completions)
            }
        },
        "a late worker's ending is refused": unfenced,
        "a late worker's lease is not renewed": boastful,
        "a late worker's progress is ignored": unfenced,
        "nothing can be written of a row that is gone": boastful,
    ]

    private static let ending: [String: ResultStoreFault] = [
        "a success keeps its output and no error": tellingWith {
            $0.error = StoredError(type: "Old", message: "error")
        },
        "a job of which only the state is kept has no output": tellingWith {
            $0.output = $0.output ?? Data("null".utf8)
        },
        "a failure keeps its error and when it finished": tellingWith {
            $0.error = $0.error.map { StoredError(type: $0.type, message: $0.message) }
        },
        "an attempt that failed leaves the job PENDING, with its error and its next attempt": endingWith { ending in
            guard case .pending(let error, _) = ending else { return ending }
            return .pending(after: error, nextAttemptIn: nil)
        },
        "a job that is given back keeps the error that it had": endingWith { ending in
            guard case .pending(nil, let delay) = ending else { return ending }
            return .pending(after: StoredError(type: "", message: ""), nextAttemptIn: delay)
        },
        "writing an ending again has the same answer": with {
            $0.complete = { memory, completions in
                let statuses = try await memory.statuses(of: completions.map(\.claim.id))
                let isRunning = statuses.map { $0?.state == .running }
                let answers = try await memory.complete(completions)
                return zip(isRunning, answers).map { $0 && $1 }
            }
        },
        "progress is kept while a job runs, and gone with its next attempt": tellingWith {
            $0.progress = $0.progress ?? JobProgress(fraction: 0.75, note: "writing")
        },
        "progress of a job that ended is ignored": with {
            $0.statuses = { memory, ids in
                try await memory.statuses(of: ids).map { status in
                    var status = status
                    status?.progress = JobProgress(fraction: 0.5)
                    return status
                }
            }
        },
    ]

    private static let batching: [String: ResultStoreFault] = [
        "each entry of a claim has an answer of its own, in order": with {
            $0.claim = { try await $0.claim($1, lease: $2).reversed() }
        },
        "an ending that is refused keeps no other of its call from being written": with {
            $0.complete = { memory, completions in
                let statuses = try await memory.statuses(of: completions.map(\.claim.id))
                guard !statuses.contains(where: { $0?.attempt == 2 }) else { return completions.map { _ in false } }
                return try await memory.complete(completions)
            }
        },
        "each entry of a renewal has an answer of its own, in order": boastful,
        "an identity that stands in a call twice is treated as in two calls": with {
            $0.claim = { memory, jobs, lease in
                guard Set(jobs.map(\.id)).count == jobs.count else { throw refusal }
                return try await memory.claim(jobs, lease: lease)
            }
        },
        "calls for no entries do nothing": with {
            $0.renew = { memory, claims, lease in
                guard !claims.isEmpty else { throw refusal }
                return try await memory.renew(claims, lease: lease)
            }
        },
        "a thousand jobs are recorded, claimed and completed in one call each": small,
    ]

    private static let keeping: [String: ResultStoreFault] = [
        "names, queues and ids of every kind of character come back as they went in": tellingWith {
            $0.name = $0.name.precomposedStringWithCanonicalMapping
        },
        "errors, notes and outputs of every kind of character come back as they went in": tellingWith {
            $0.error = $0.error.map { StoredError(type: $0.type, message: cut($0.message), stack: $0.stack) }
        },
        "ids that differ in a letter's case or in a blank are different jobs": with {
            $0.recordPending = { memory, jobs in
                try await memory.recordPending(
                    jobs.map { PendingResult(id: $0.id.lowercased, name: $0.name, queue: $0.queue) })
            }
        },
        "an output of 5 MB comes back as it went in": tellingWith { $0.output = $0.output?.prefix(1_048_576) },
        "arguments are kept where they were given, and no others": with {
            $0.claim = { memory, jobs, lease in
                try await memory.claim(
                    jobs.map { ClaimRequest(id: $0.id, name: $0.name, queue: $0.queue) }, lease: lease)
            }
        },
    ]

    private static let listing: [String: ResultStoreFault] = [
        "a job that nobody heard of has no status": with {
            $0.statuses = { try await $0.statuses(of: $1).filter { $0 != nil } }
        },
        "a list is newest first, and jobs of one time are in the order of their ids": with {
            $0.list = { memory, filter, cursor, limit in
                let page = try await memory.list(filter, after: cursor, limit: limit)
                return ResultPage(statuses: page.statuses.reversed(), next: page.next)
            }
        },
        // Pages by number rather than by place: what comes meanwhile moves them.
        "pages leave nothing out and repeat nothing, also while jobs come and go": with {
            $0.list = { memory, filter, cursor, limit in
                let start = cursor.map { Int($0.createdAt) } ?? 0
                let all = try await memory.list(filter, after: nil, limit: 1000).statuses
                let page = Array(all.dropFirst(start).prefix(limit))
                let end = start + page.count
                return ResultPage(
                    statuses: page, next: end < all.count ? ResultCursor(createdAt: Int64(end), id: "page") : nil)
            }
        },
        "a page says whether another follows": with {
            $0.list = { memory, filter, cursor, limit in
                let page = try await memory.list(filter, after: cursor, limit: limit)
                return ResultPage(
                    statuses: page.statuses, next: page.next ?? ResultCursor(createdAt: 0, id: "there is always more"))
            }
        },
        "a filter of states lets pass the jobs that are in one of them": listingWith { filter in
            if let first = filter.states.sorted(by: { $0.rawValue < $1.rawValue }).first { filter.states = [first] }
        },
        "a filter of name, queue and time lets pass what fits all of it": listingWith {
            $0.createdFrom = $0.createdFrom.map { $0.addingTimeInterval(1) }
        },
    ]

    private static let pruning: [String: ResultStoreFault] = [
        "finished rows are pruned once they are older than they are kept": with {
            $0.prune = { memory, retention, limit in
                try await memory.prune(ResultRetention(finished: .zero, unknown: retention.unknown), limit: limit)
            }
        },
        "unfinished rows are pruned once nothing was heard of them for long": with {
            $0.prune = { memory, retention, limit in
                try await memory.prune(ResultRetention(finished: .zero, unknown: .seconds(3600)), limit: limit)
            }
        },
        "a step of pruning removes no more rows than it may": with {
            $0.prune = { memory, retention, _ in try await memory.prune(retention, limit: 1000) }
        },
        "a job that failed is reopened, once": with {
            $0.reopen = { memory, claim in
                _ = try await memory.reopen(claim)
                return true
            }
        },
        "a job without its arguments, or that is not known, cannot be run again": with {
            $0.rerunnable = { memory, id in
                RerunnableJob(
                    claim: ResultClaim(id: id, token: 1), name: "probe", queue: "probes", arguments: try JobArguments())
            }
        },
        "a job that was claimed since is not reopened": with {
            $0.reopen = { memory, claim in
                let newest = try await memory.rerunnable(claim.id)?.claim
                return try await memory.reopen(newest ?? claim)
            }
        },
    ]

    private static let working: [String: ResultStoreFault] = [
        "the clocks of workers may differ by hours": with { $0.renew = { _, claims, _ in claims.map { _ in true } } },
        "a job whose worker died is taken over, and the late worker told": unfenced,
        "a store declares what it can do": with { $0.notices = { _ in nil } },
        "the schema of a store that was migrated is this program's": with {
            $0.pendingMigrations = { _ in [StoreMigration(number: 1, summary: "what was forgotten")] }
        },
        "whoever listens hears of the job's end": with { $0.notices = { _ in Deaf() } },
    ]

    /// Notices that never come.
    private struct Deaf: ResultNotices {
        func changes(of id: ResultID) async throws -> AsyncStream<Void> {
            AsyncStream { _ in }
        }
    }
}
