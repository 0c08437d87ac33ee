import SQJobsCore

extension BrokerCases {
    static let concurrencyCases: [BrokerCase] = [
        BrokerCase("1,000 messages and 4 receivers: each is received exactly once") { trial in
            let queue = try await trial.makeQueue()
            let count = 1000
            let sent = try await trial.send((1...count).map { OutgoingMessage(body: "\($0)") }, to: queue)
            let received = try await withThrowingTaskGroup(of: [Delivery].self) { group in
                for _ in 1...4 { group.addTask { try await trial.drain(queue, atMost: count) } }
                return try await group.reduce(into: []) { $0 += $1 }
            }
            try trial.expectEqual(received.count, count, "the number of deliveries")
            try trial.expectEqual(Set(received.map(\.messageID)), Set(sent.map(\.messageID)), "the messages' ids")
        },
        BrokerCase("messages that are sent one by one at the same time all arrive") { trial in
            let queue = try await trial.makeQueue()
            let ids = try await withThrowingTaskGroup(of: (String, String).self) { group in
                for number in 1...60 {
                    group.addTask { ("\(number)", try await trial.send("\(number)", to: queue)[0].messageID) }
                }
                return try await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
            }
            let received = try await trial.collect(60, from: queue)
            let idByBody = Dictionary(received.map { ($0.body, $0.messageID) }) { first, _ in first }
            try trial.expectEqual(idByBody, ids, "the messages' ids by their bodies")
            try await trial.expectNothing(from: queue, because: "60 messages were sent")
        },
    ]
}

extension BrokerTrial {
    /// Receives and deletes until the queue is empty, or there are more messages than there can be.
    fileprivate func drain(_ queue: QueueName, atMost limit: Int) async throws -> [Delivery] {
        var all: [Delivery] = []
        var misses = 0
        while misses < 5, all.count <= limit {
            let deliveries = try await receive(from: queue)
            if deliveries.isEmpty {
                misses += 1
                try await advance(by: short / 20)
                continue
            }
            misses = 0
            all += deliveries
            try await delete(deliveries)
        }
        return all
    }
}
