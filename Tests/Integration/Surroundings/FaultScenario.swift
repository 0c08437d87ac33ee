import Testing

/// One kind of fault, and the requests that it strikes.
struct FaultScenario: Sendable, CustomTestStringConvertible, CustomStringConvertible {
    let fault: String
    let rules: [FaultProxy.Rule]
    /// How often it strikes at least: each of these requests is made at least that often, whatever happens.
    let leastStrikes: Int

    init(_ fault: String, _ times: KeyValuePairs<String, Int>, leastStrikes: Int) {
        self.fault = fault
        rules = times.map { FaultProxy.Rule(action: $0.key, fault: fault, times: $0.value) }
        self.leastStrikes = leastStrikes
    }

    var description: String {
        rules.count > 4 ? "\(fault) of any request" : "\(fault) of \(rules.map(\.action).joined(separator: ", "))"
    }

    var testDescription: String { description }

    /// Those that strike anything: lookups, sends, receives, renewals and deletes.
    private static let general = [
        "throttle-400", "throttle-403", "500", "503", "reset-before-read", "reset-after-forward", "half-body",
    ].map {
        FaultScenario(
            $0,
            [
                "GetQueueUrl": 1, "GetQueueAttributes": 1, "SendMessageBatch": 2, "SendMessage": 2,
                "ReceiveMessage": 2, "ChangeMessageVisibilityBatch": 2, "ChangeMessageVisibility": 1,
                "DeleteMessageBatch": 2, "DeleteMessage": 1,
            ], leastStrikes: 8)
    }

    static let all =
        general + [
            FaultScenario("wrong-md5", ["SendMessageBatch": 2, "ReceiveMessage": 2], leastStrikes: 4),
            FaultScenario(
                "partial-failure",
                ["SendMessageBatch": 3, "ChangeMessageVisibilityBatch": 2, "DeleteMessageBatch": 2], leastStrikes: 4),
            FaultScenario("duplicate-message", ["ReceiveMessage": 4], leastStrikes: 4),
            FaultScenario("silence", ["SendMessageBatch": 1, "DeleteMessageBatch": 1], leastStrikes: 2),
            FaultScenario("silence", ["ReceiveMessage": 1], leastStrikes: 1),
        ]
}
