import SQJobsCore

extension BrokerTrial {
    /// What a look at the broker came to, when looking again may help.
    enum Look<Value> {
        case success(Value)
        case failure(String)
    }

    /// Looks until the answer is right: figures of a distributed broker lag behind.
    func eventually<Value>(_ expected: String, _ look: () async throws -> Look<Value>) async throws -> Value {
        var got = "nothing"
        for _ in 0..<100 {
            switch try await look() {
            case .success(let value): return value
            case .failure(let other): got = other
            }
            try await advance(by: short / 20)
        }
        throw ConformanceFailure(expected: expected, got: got)
    }

    /// Starts a call that waits, and lets it begin to wait.
    func start<Value: Sendable>(
        _ call: @escaping @Sendable () async throws -> Value
    ) async throws -> Task<Value, any Error> {
        let (beginnings, continuation) = AsyncStream.makeStream(of: Void.self)
        let task = Task {
            continuation.finish()
            return try await call()
        }
        for await _ in beginnings {}
        for _ in 0..<3 { try await advance(by: short / 20) }
        return task
    }

    /// A task's end, unless it is stuck; the time is real, for a stuck call may wait on a clock that stands still.
    func end<Value: Sendable>(of task: Task<Value, any Error>, _ expected: String) async throws -> Result<
        Value, any Error
    > {
        let (ends, continuation) = AsyncStream.makeStream(of: Result<Value, any Error>?.self)
        let waiting = Task { continuation.yield(await task.result) }
        let timer = Task { [patience] in
            try await JobClock.system.sleep(patience)
            continuation.yield(nil)
        }
        defer {
            waiting.cancel()
            timer.cancel()
        }
        for await end in ends {
            if let end { return end }
            break
        }
        task.cancel()
        throw ConformanceFailure(expected: expected, got: "a call that was stuck for \(patience)")
    }

    /// Lets time pass until a task ends: for as long as it may take by the broker's clock, and for as long as a busy
    /// machine may need to get it going.
    func advance<Value: Sendable>(
        until task: Task<Value, any Error>, by step: Duration, atMost limit: Duration, _ expected: String
    ) async throws -> Value {
        let isOver = FinishLine()
        let watcher = Task {
            _ = await task.result
            await isOver.cross()
        }
        defer { watcher.cancel() }
        var passed = Duration.zero
        let start = JobClock.system.elapsed()
        while await !isOver.isCrossed {
            guard passed < limit || JobClock.system.elapsed() - start < patience else { break }
            try await advance(by: step)
            passed += step
        }
        return try await end(of: task, expected).get()
    }

    private actor FinishLine {
        private(set) var isCrossed = false

        func cross() {
            isCrossed = true
        }
    }
}
