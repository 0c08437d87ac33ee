import SQJobsCore

extension BrokerCases {
    static let settleCases: [BrokerCase] = [
        BrokerCase("a released message can be received at once") { trial in
            let queue = try await trial.makeQueue()
            try await trial.send("body", to: queue)
            try await trial.release([try await trial.receiveOne(from: queue)])
            try trial.expectEqual(try await trial.receiveOne(from: queue).receiveCount, 2, "the receive count")
        },
        BrokerCase("a message released with a delay is held back until it ends") { trial in
            let queue = try await trial.makeQueue()
            try await trial.send("body", to: queue)
            try await trial.release([try await trial.receiveOne(from: queue)], after: trial.short * 3)
            try await trial.expectNothing(from: queue, because: "it was released with a delay")
            try await trial.advance(by: trial.short)
            try await trial.expectNothing(from: queue, because: "its delay is not over")
            try await trial.advance(by: trial.short * 3)
            try trial.expectEqual(try await trial.receiveOne(from: queue).receiveCount, 2, "the receive count")
        },
        BrokerCase("each release of a call has a delay of its own") { trial in
            let queue = try await trial.makeQueue()
            try await trial.send("1", "2", "3", to: queue)
            let deliveries = try await trial.collect(3, from: queue)
            let delays = [Duration.zero, BrokerTrial.long, trial.short * 4]
            try await trial.settle("release", 3) {
                try await trial.broker.release(zip(deliveries, delays).map { Release($0, after: $1) })
            }
            let now = try await trial.receiveOne(from: queue)
            try trial.expectEqual(now.body, deliveries[0].body, "the message without a delay")
            try await trial.expectNothing(from: queue, because: "the others have delays")
            try await trial.advance(by: trial.short * 5)
            let later = try await trial.receiveOne(from: queue)
            try trial.expectEqual(later.body, deliveries[2].body, "the message with the shorter delay")
            try await trial.expectNothing(from: queue, because: "the longest delay is not over")
        },
        BrokerCase("more deliveries than a batch holds are released in one call") { trial in
            let queue = try await trial.makeQueue()
            try await trial.send((1...23).map { OutgoingMessage(body: "\($0)") }, to: queue)
            try await trial.release(try await trial.collect(23, from: queue))
            let again = try await trial.collect(23, from: queue)
            try trial.expectEqual(Set(again.map(\.receiveCount)), [2], "the receive counts")
        },
        BrokerCase("a deleted message never comes back") { trial in
            let queue = try await trial.makeQueue()
            try await trial.send("1", "2", "3", to: queue)
            let deliveries = try await trial.collect(3, from: queue, visibility: trial.short * 3)
            try await trial.delete([deliveries[1]])
            try await trial.advance(by: trial.short * 4)
            let again = try await trial.collect(2, from: queue)
            let others = [deliveries[0].messageID, deliveries[2].messageID]
            try trial.expectEqual(Set(again.map(\.messageID)), Set(others), "the messages that come back")
            try await trial.expectNothing(from: queue, because: "the third was deleted")
        },
        BrokerCase("more deliveries than a batch holds are deleted in one call") { trial in
            let queue = try await trial.makeQueue()
            try await trial.send((1...23).map { OutgoingMessage(body: "\($0)") }, to: queue)
            try await trial.delete(try await trial.collect(23, from: queue, visibility: trial.short * 5))
            try await trial.advance(by: trial.short * 6)
            try await trial.expectNothing(from: queue, because: "all were deleted")
        },
        BrokerCase("deleting twice is no error") { trial in
            let queue = try await trial.makeQueue()
            try await trial.send("body", to: queue)
            let delivery = try await trial.receiveOne(from: queue)
            try await trial.delete([delivery])
            try await trial.delete([delivery])
        },
    ]
}
