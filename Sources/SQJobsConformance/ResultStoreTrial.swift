import SQJobsResults

/// What the cases are written with: a harness, and the steps that most of them take.
struct ResultStoreTrial: ConformanceTrial {
    let harness: any ResultStoreHarness
    /// How long something that should happen at once may take in real time.
    let patience: Duration

    /// Longer than any case takes.
    static let long = Duration.seconds(120)

    static let error = StoredError(type: "Shop.SoldOut", message: "none is left")

    var store: any ResultStore { harness.store }

    var short: Duration { harness.shortLease }

    func advance(by duration: Duration) async throws {
        try await harness.advance(by: duration)
    }

    func pending(
        _ id: String, name: String = "probe", queue: QueueName = "probes", arguments: JobArguments? = nil,
        delay: Duration = .zero
    ) throws -> PendingResult {
        PendingResult(id: try ResultID(of: id), name: name, queue: queue, arguments: arguments, delay: delay)
    }

    func request(_ id: String, name: String = "probe", queue: QueueName = "probes") throws -> ClaimRequest {
        ClaimRequest(id: try ResultID(of: id), name: name, queue: queue)
    }

    @discardableResult
    func record(_ ids: String...) async throws -> [Bool] {
        try answered(ids.count, by: "recordPending", try await store.recordPending(try ids.map { try pending($0) }))
    }

    /// What the store answers to one claim.
    func claim(
        _ id: String, lease: Duration = long, in other: (any ResultStore)? = nil
    ) async throws -> ClaimAnswer {
        let answers = try await (other ?? store).claim([try request(id)], lease: lease)
        return try answered(1, by: "claim", answers)[0]
    }

    /// A claim that must be granted.
    @discardableResult
    func start(_ id: String, lease: Duration = long, attempt: Int? = nil) async throws -> ResultClaim {
        switch try await claim(id, lease: lease) {
        case .started(let claim, let count):
            if let attempt { try expectEqual(count, attempt, "the attempt of “\(id)”") }
            return claim
        case let other:
            throw ConformanceFailure(expected: "the claim of “\(id)” to be granted", got: "\(other)")
        }
    }

    func expectHeld(_ id: String, in other: (any ResultStore)? = nil, atMost longest: Duration) async throws {
        switch try await claim(id, in: other) {
        case .held(let remaining):
            try expect(
                remaining > .zero && remaining <= longest, "more than nothing and at most \(longest) of the lease",
                "\(remaining)")
        case let other:
            throw ConformanceFailure(expected: "“\(id)” to be held by another worker", got: "\(other)")
        }
    }

    /// Whether an ending was written.
    func complete(_ claim: ResultClaim, _ ending: ResultCompletion.Ending) async throws -> Bool {
        let answers = try await store.complete([ResultCompletion(claim: claim, ending: ending)])
        return try answered(1, by: "complete", answers)[0]
    }

    /// An ending that must be written.
    func end(_ claim: ResultClaim, _ ending: ResultCompletion.Ending) async throws {
        try expect(try await complete(claim, ending), "the ending of “\(claim.id)” to be written", "a refusal")
    }

    func renew(_ claim: ResultClaim, lease: Duration) async throws -> Bool {
        try answered(1, by: "renew", try await store.renew([claim], lease: lease))[0]
    }

    func report(_ claim: ResultClaim, _ fraction: Double, _ note: String? = nil) async throws {
        try await store.report([ProgressReport(claim: claim, progress: JobProgress(fraction: fraction, note: note))])
    }

    /// The status of a job that must be known.
    func status(_ id: String) async throws -> JobStatus {
        guard let status = try await statuses(id)[0] else {
            throw ConformanceFailure(expected: "a row for “\(id)”", got: "none")
        }
        return status
    }

    func statuses(_ ids: String...) async throws -> [JobStatus?] {
        try answered(
            ids.count, by: "statuses", try await store.statuses(of: try ids.map { try ResultID(of: $0) }))
    }

    func expectState(_ id: String, _ state: JobState) async throws {
        try expectEqual(try await status(id).state, state, "the state of “\(id)”")
    }

    func expectGone(_ id: String, because reason: String) async throws {
        try expect(try await statuses(id)[0] == nil, "no row for “\(id)”, because \(reason)", "one")
    }

    /// The ids of a page.
    func ids(_ page: ResultPage) -> [String] {
        page.statuses.map(\.id)
    }

    /// All ids of a list, page by page.
    func list(_ filter: ResultFilter = ResultFilter(), pages limit: Int = 100) async throws -> [String] {
        var all: [String] = []
        var cursor: ResultCursor?
        repeat {
            let page = try await store.list(filter, after: cursor, limit: limit)
            try expect(page.statuses.count <= limit, "at most \(limit) jobs on a page", "\(page.statuses.count)")
            all += ids(page)
            cursor = page.next
        } while cursor != nil && all.count < 1000
        return all
    }

    func answered<Answer>(_ count: Int, by call: String, _ answers: [Answer]) throws -> [Answer] {
        try expect(answers.count == count, "one answer of \(call) for each of \(count)", "\(answers.count)")
        return answers
    }

    /// A value that must be there.
    func require<Value>(_ value: Value?, _ what: String) throws -> Value {
        guard let value else { throw ConformanceFailure(expected: what, got: "none") }
        return value
    }

    /// Does something that must be over in time; the time is real, for what is stuck may wait on a clock that stands
    /// still.
    func soon<Value: Sendable>(
        _ expected: String, _ body: @escaping @Sendable () async throws -> Value
    ) async throws -> Value {
        try await withThrowingTaskGroup(of: Value.self) { group in
            group.addTask(operation: body)
            group.addTask { [patience] in
                try await JobClock.system.sleep(patience)
                throw ConformanceFailure(expected: expected, got: "a call that was stuck for \(patience)")
            }
            defer { group.cancelAll() }
            guard let value = try await group.next() else {
                throw ConformanceFailure(expected: expected, got: "nothing")
            }
            return value
        }
    }
}
