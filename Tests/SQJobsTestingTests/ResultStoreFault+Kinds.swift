import SQJobsTesting

import struct Foundation.Date

extension ResultStoreFault {
    static let refusal = SQJobsError(.storeRefused, "The faulty store refuses.")

    /// Tells of jobs otherwise than they are.
    static func tellingWith(_ change: @escaping @Sendable (inout JobStatus) -> Void) -> ResultStoreFault {
        with {
            $0.statuses = { memory, ids in
                try await memory.statuses(of: ids).map { status in
                    guard var status else { return nil }
                    change(&status)
                    return status
                }
            }
        }
    }

    /// Lists with another filter than it was given.
    static func listingWith(_ change: @escaping @Sendable (inout ResultFilter) -> Void) -> ResultStoreFault {
        with {
            $0.list = { memory, filter, cursor, limit in
                var filter = filter
                change(&filter)
                return try await memory.list(filter, after: cursor, limit: limit)
            }
        }
    }

    /// Writes other endings than it was given.
    static func endingWith(
        _ change: @escaping @Sendable (ResultCompletion.Ending) -> ResultCompletion.Ending
    ) -> ResultStoreFault {
        with {
            $0.complete = { memory, completions in
                try await memory.complete(
                    completions.map { ResultCompletion(claim: $0.claim, ending: change($0.ending)) })
            }
        }
    }

    /// Takes calls of a few entries only.
    static let small = with {
        $0.claim = { memory, jobs, lease in
            guard jobs.count <= 100 else { throw refusal }
            return try await memory.claim(jobs, lease: lease)
        }
    }

    /// Gives every claim, whoever holds the row.
    static let generous = with {
        $0.claim = { memory, jobs, _ in try await memory.claim(jobs, lease: .nanoseconds(-1)) }
    }

    /// Says that it did what it did not.
    static let boastful = with {
        $0.complete = { memory, completions in
            _ = try await memory.complete(completions)
            return completions.map { _ in true }
        }
        $0.renew = { memory, claims, lease in
            _ = try await memory.renew(claims, lease: lease)
            return claims.map { _ in true }
        }
    }

    /// Lets whoever comes write, by the row's newest claim.
    static let unfenced = with { fault in
        let newest = Newest()
        fault.claim = { memory, jobs, lease in
            let answers = try await memory.claim(jobs, lease: lease)
            for case .started(let claim, _) in answers { newest.note(claim) }
            return answers
        }
        fault.report = { memory, reports in
            try await memory.report(
                reports.map { ProgressReport(claim: newest.claim(of: $0.claim), progress: $0.progress) })
        }
        fault.complete = { memory, completions in
            try await memory.complete(
                completions.map { ResultCompletion(claim: newest.claim(of: $0.claim), ending: $0.ending) })
        }
    }

    /// A text as a store has it that cuts it at a NUL.
    static func cut(_ text: String) -> String {
        String(text.prefix { $0 != "\0" })
    }

    static func keepFirst(_ first: ResultStoreFault, _ second: ResultStoreFault) -> ResultStoreFault { first }
}

extension ResultID {
    /// The identity as a store has it that does not tell cases apart.
    var lowercased: ResultID { (try? ResultID(of: rawValue.lowercased())) ?? self }
}
