import SQJobsCore

extension BrokerCases {
    static let orderCases: [BrokerCase] = [
        BrokerCase("messages of a group that are sent together keep their order", needs: [.orderedGroups]) { trial in
            for count in [1, 10] {
                let queue = try await trial.makeQueue(ordered: true)
                let groups = ["a", "b", "c"]
                let messages = (0..<36).map { trial.message("\($0)", group: groups[$0 % 3]) }
                try await trial.send(messages, to: queue)
                var received: [String: [String]] = [:]
                for _ in 0..<36 where received.values.map(\.count).reduce(0, +) < 36 {
                    let deliveries = try await trial.eventually("further messages") {
                        let deliveries = try await trial.receive(from: queue, count: count)
                        return deliveries.isEmpty ? .failure("none") : .success(deliveries)
                    }
                    for delivery in deliveries { received[delivery.group ?? "none", default: []].append(delivery.body) }
                    try await trial.delete(deliveries)
                }
                for (offset, group) in groups.enumerated() {
                    let expected = (0..<12).map { "\($0 * 3 + offset)" }
                    try trial.expectEqual(received[group] ?? [], expected, "the order in group \(group)")
                }
            }
        },
        BrokerCase("a group with a held message delivers nothing further, the others go on", needs: [.orderedGroups]) {
            trial in
            let queue = try await trial.makeQueue(ordered: true)
            try await trial.send("a1", "a2", "a3", group: "a", to: queue)
            let held = try await trial.receiveOne(from: queue)
            try trial.expectEqual(held.body, "a1", "the first message")
            try trial.expectEqual(held.group ?? "none", "a", "its group")
            try await trial.send("b1", group: "b", to: queue)
            try trial.expectEqual(try await trial.receiveOne(from: queue).body, "b1", "the other group's message")
            try await trial.expectNothing(from: queue, because: "a message of each group is held")
            try await trial.delete([held])
            try trial.expectEqual(try await trial.receiveOne(from: queue).body, "a2", "the group's next message")
        },
        BrokerCase("a group waits for a message that was released with a delay", needs: [.orderedGroups]) { trial in
            let queue = try await trial.makeQueue(ordered: true)
            try await trial.send("a1", "a2", group: "a", to: queue)
            try await trial.release([try await trial.receiveOne(from: queue)], after: trial.short * 4)
            try await trial.send("b1", group: "b", to: queue)
            let other = try await trial.receiveOne(from: queue)
            try trial.expectEqual(other.body, "b1", "the other group's message")
            try await trial.delete([other])
            try await trial.expectNothing(from: queue, because: "the delay holds the group")
            try await trial.advance(by: trial.short * 5)
            let again = try await trial.receiveOne(from: queue)
            try trial.expectEqual(again.body, "a1", "the message that comes first after the delay")
            try trial.expectEqual(again.receiveCount, 2, "its receive count")
            try await trial.delete([again])
            try trial.expectEqual(try await trial.receiveOne(from: queue).body, "a2", "the message that follows")
        },
        BrokerCase("a message whose lease ran out comes again before the rest of its group", needs: [.orderedGroups]) {
            trial in
            let queue = try await trial.makeQueue(ordered: true)
            try await trial.send("a1", "a2", group: "a", to: queue)
            let first = try await trial.receiveOne(from: queue, visibility: trial.short)
            try await trial.advance(by: trial.short * 2)
            let again = try await trial.receiveOne(from: queue)
            try trial.expectEqual([first.body, again.body], ["a1", "a1"], "the first and the second delivery")
        },
        BrokerCase("a released message comes before the rest of its group", needs: [.orderedGroups]) { trial in
            let queue = try await trial.makeQueue(ordered: true)
            try await trial.send("a1", "a2", group: "a", to: queue)
            try await trial.release([try await trial.receiveOne(from: queue)])
            try trial.expectEqual(try await trial.receiveOne(from: queue).body, "a1", "the next delivery")
        },
        BrokerCase("a group is refused on a queue without order") { trial in
            let queue = try await trial.makeQueue()
            guard try await !trial.broker.capabilities(of: queue).isOrdered else {
                throw ConformanceFailure(expected: "a queue without order, as was asked for", got: "one with order")
            }
            _ = try await trial.error(.unsupported) {
                try await trial.broker.enqueue(named: "probe", on: queue, .group("a"))
            }
            try await trial.expectNothing(from: queue, because: "the message was refused")
        },
        BrokerCase("a delay is refused on an ordered queue that has none for a single message", needs: [.orderedGroups])
        { trial in
            let queue = try await trial.makeQueue(ordered: true)
            guard try await !trial.broker.capabilities(of: queue).delaysEachMessage else { return }
            _ = try await trial.error(.unsupported) {
                try await trial.broker.enqueue(named: "probe", on: queue, .delay(.seconds(1)))
            }
            try await trial.expectNothing(from: queue, because: "the message was refused")
        },
    ]

    static let deduplicationCases: [BrokerCase] = [
        BrokerCase("a repeat is dropped and answered as sent", needs: [.deduplication]) { trial in
            let queue = try await trial.makeQueue(ordered: true)
            let message = trial.message("body", group: "a")
            try await trial.send([message], to: queue)
            try await trial.send([message], to: queue)
            try await trial.delete([try await trial.receiveOne(from: queue)])
            try await trial.expectNothing(from: queue, because: "the second message was a repeat of the first")
            try await trial.send([message], to: queue)
            try await trial.expectNothing(from: queue, because: "a repeat is dropped also when the first is done")
            try await trial.send("other", group: "a", to: queue)
            try trial.expectEqual(try await trial.receiveOne(from: queue).body, "other", "a message of another id")
        },
        BrokerCase("a job enqueued twice with one id is one message", needs: [.deduplication]) { trial in
            let queue = try await trial.makeQueue(ordered: true)
            for _ in 1...2 { try await trial.broker.enqueue(named: "probe", on: queue, .id("the-same")) }
            try await trial.delete([try await trial.receiveOne(from: queue)])
            try await trial.expectNothing(from: queue, because: "the job's id makes the second a repeat")
        },
    ]
}
