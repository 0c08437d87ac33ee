import SQJobsCore

extension BrokerCases {
    static let leaseCases: [BrokerCase] = [
        BrokerCase("a message is invisible while it is held") { trial in
            let queue = try await trial.makeQueue()
            try await trial.send("body", to: queue)
            _ = try await trial.receiveOne(from: queue)
            try await trial.expectNothing(from: queue, because: "the message is held")
            try await trial.advance(by: trial.short * 2)
            try await trial.expectNothing(from: queue, because: "the message is still held")
        },
        BrokerCase("a message is visible again when its visibility ends") { trial in
            let queue = try await trial.makeQueue()
            try await trial.send("body", to: queue)
            let first = try await trial.receiveOne(from: queue, visibility: trial.short)
            try await trial.advance(by: trial.short * 1.5)
            let second = try await trial.receiveOne(from: queue)
            try trial.expectEqual(second.messageID, first.messageID, "the message's id")
            try trial.expectEqual(second.receiveCount, 2, "the receive count")
        },
        BrokerCase("extending holds a message for longer, and again") { trial in
            let queue = try await trial.makeQueue()
            try await trial.send("body", to: queue)
            let delivery = try await trial.receiveOne(from: queue, visibility: trial.short * 3)
            for _ in 1...3 {
                try await trial.extend([delivery], by: trial.short * 4)
                try await trial.advance(by: trial.short * 2)
                try await trial.expectNothing(from: queue, because: "the lease was extended")
            }
            try await trial.advance(by: trial.short * 3)
            try trial.expectEqual(
                try await trial.receiveOne(from: queue).receiveCount, 2, "the receive count afterwards")
        },
        BrokerCase("more deliveries than a batch holds are extended in one call") { trial in
            let queue = try await trial.makeQueue()
            try await trial.send((1...23).map { OutgoingMessage(body: "\($0)") }, to: queue)
            let deliveries = try await trial.collect(23, from: queue, visibility: trial.short * 5)
            try await trial.extend(deliveries, by: BrokerTrial.long)
            try await trial.advance(by: trial.short * 6)
            try await trial.expectNothing(from: queue, because: "all leases were extended")
        },
        BrokerCase("extending or releasing after the lease ran out is answered leaseLost", needs: [.expiredLeases]) {
            trial in
            let queue = try await trial.makeQueue()
            try await trial.send("body", to: queue)
            let delivery = try await trial.receiveOne(from: queue, visibility: trial.short)
            try await trial.advance(by: trial.short * 2)
            try trial.expectLost(try await trial.broker.extend([delivery], by: BrokerTrial.long), "extend")
            try trial.expectLost(
                try await trial.broker.release([Release(delivery, after: BrokerTrial.long)]), "release")
            try trial.expectEqual(
                try await trial.receiveOne(from: queue).receiveCount, 2, "the receive count afterwards")
        },
        BrokerCase("a stale receipt neither extends, releases nor deletes, and is answered", needs: [.staleReceipts]) {
            trial in
            let queue = try await trial.makeQueue()
            try await trial.send("body", to: queue)
            let stale = try await trial.receiveOne(from: queue, visibility: trial.short)
            try await trial.advance(by: trial.short * 2)
            let held = try await trial.receiveOne(from: queue)
            try trial.expectLost(try await trial.broker.extend([stale], by: trial.short), "extend")
            try trial.expectLost(try await trial.broker.release([Release(stale)]), "release")
            _ = try await trial.broker.delete([stale])
            try await trial.advance(by: trial.short * 2)
            try await trial.expectNothing(from: queue, because: "the second receiver holds it")
            try await trial.release([held])
            try trial.expectEqual(
                try await trial.receiveOne(from: queue).receiveCount, 3, "the receive count afterwards")
        },
        BrokerCase("each delivery of a call has an answer of its own, in order", needs: [.staleReceipts]) { trial in
            let queue = try await trial.makeQueue()
            try await trial.send("1", "2", "3", to: queue)
            let deliveries = try await trial.collect(3, from: queue)
            try await trial.release([deliveries[0]])
            _ = try await trial.receiveOne(from: queue)
            let answers = try await trial.broker.extend(deliveries, by: BrokerTrial.long).map(BrokerTrial.word)
            try trial.expectEqual(answers, ["leaseLost", "success", "success"], "the answers of extend")
            let releases = try await trial.broker.release(deliveries.map { Release($0, after: BrokerTrial.long) })
            let words = releases.map(BrokerTrial.word)
            try trial.expectEqual(words, ["leaseLost", "success", "success"], "the answers of release")
        },
    ]
}
