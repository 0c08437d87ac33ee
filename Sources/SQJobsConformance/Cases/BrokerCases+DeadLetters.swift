import SQJobsCore

extension BrokerCases {
    static let deadLetterCases: [BrokerCase] = [
        BrokerCase("a message received too often is dead", needs: [.deadLetters, .administration]) { trial in
            let queue = try await trial.makeQueue(maximumReceives: 2)
            try await trial.send([OutgoingMessage(body: "body", attributes: ["note": "kept"])], to: queue)
            for count in 1...2 {
                let delivery = try await trial.receiveOne(from: queue)
                try trial.expectEqual(delivery.receiveCount, count, "the receive count")
                try await trial.release([delivery])
            }
            try await trial.expectNothing(from: queue, because: "it was received twice, and twice is the most")
            let dead = try await trial.deadMessages(1, of: queue)[0]
            try trial.expectEqual(dead.body, "body", "the dead message's body")
            try trial.expectEqual(dead.attributes["note"] ?? "nothing", "kept", "its attribute")
        },
        BrokerCase("a lease that runs out counts as a receive", needs: [.deadLetters, .administration]) { trial in
            let queue = try await trial.makeQueue(maximumReceives: 1)
            try await trial.send("body", to: queue)
            _ = try await trial.receiveOne(from: queue, visibility: trial.short)
            try await trial.advance(by: trial.short * 2)
            try await trial.expectNothing(from: queue, because: "it was received once, and once is the most")
            try trial.expectEqual(try await trial.deadMessages(1, of: queue)[0].body, "body", "the dead message's body")
        },
        BrokerCase("a buried message is kept as it was and delivered no more", needs: [.deadLetters, .administration]) {
            trial in
            let queue = try await trial.makeQueue(maximumReceives: 5)
            try await trial.send([OutgoingMessage(body: "body", attributes: ["note": "kept"])], to: queue)
            try await trial.send("other", to: queue)
            let deliveries = try await trial.collect(2, from: queue, visibility: trial.short * 3)
            try await trial.bury(deliveries.filter { $0.body == "body" })
            let dead = try await trial.deadMessages(1, of: queue)[0]
            try trial.expectEqual(dead.body, "body", "the dead message's body")
            try trial.expectEqual(dead.attributes["note"] ?? "nothing", "kept", "its attribute")
            try await trial.advance(by: trial.short * 4)
            try trial.expectEqual(try await trial.receiveOne(from: queue).body, "other", "what comes back")
            try await trial.expectNothing(from: queue, because: "the other message is dead")
        },
        BrokerCase("a buried message keeps the reason of its death", needs: [.deathReasons, .administration]) { trial in
            let queue = try await trial.makeQueue(maximumReceives: 5)
            try await trial.send("body", to: queue)
            try await trial.bury([try await trial.receiveOne(from: queue)], reason: "The order was cancelled.")
            let dead = try await trial.deadMessages(1, of: queue)[0]
            try trial.expectEqual(dead.reason ?? "nothing", "The order was cancelled.", "the reason")
        },
        BrokerCase("looking at dead messages takes none away", needs: [.deadLetters, .administration]) { trial in
            let queue = try await trial.makeQueue(maximumReceives: 5)
            try await trial.send("1", "2", "3", to: queue)
            try await trial.bury(try await trial.collect(3, from: queue))
            let first = try await trial.deadMessages(3, of: queue)
            let second = try await trial.deadMessages(3, of: queue)
            try trial.expectEqual(
                Set(second.map(\.messageID)), Set(first.map(\.messageID)), "the ids at the second look")
            let limited = try await trial.administration().deadMessages(of: queue, limit: 2)
            try trial.expectEqual(limited.count, 2, "the number with a limit of 2")
        },
        BrokerCase(
            "a dead message makes way for the rest of its group",
            needs: [.deadLetters, .orderedGroups, .administration]
        ) { trial in
            let queue = try await trial.makeQueue(ordered: true, maximumReceives: 1)
            try await trial.send("a1", "a2", "a3", group: "a", to: queue)
            let first = try await trial.receiveOne(from: queue)
            try await trial.release([first])
            let second = try await trial.receiveOne(from: queue)
            try trial.expectEqual(second.body, "a2", "what follows after the group's first was received too often")
            try await trial.bury([second])
            try trial.expectEqual(try await trial.receiveOne(from: queue).body, "a3", "what follows after a burial")
            let dead = try await trial.deadMessages(2, of: queue)
            try trial.expectEqual(Set(dead.map(\.body)), ["a1", "a2"], "the dead messages")
        },
    ]
}
