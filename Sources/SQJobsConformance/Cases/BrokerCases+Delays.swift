import SQJobsCore

extension BrokerCases {
    static let delayCases: [BrokerCase] = [
        BrokerCase("a delayed message is held back until its delay ends", needs: [.delayPerMessage]) { trial in
            let queue = try await trial.makeQueue()
            try await trial.send([OutgoingMessage(body: "body", delay: trial.short * 3)], to: queue)
            try await trial.expectNothing(from: queue, because: "it is delayed")
            try await trial.advance(by: trial.short)
            try await trial.expectNothing(from: queue, because: "its delay is not over")
            try await trial.advance(by: trial.short * 3)
            try trial.expectEqual(try await trial.receiveOne(from: queue).receiveCount, 1, "the receive count")
        },
        BrokerCase("each message of a call has a delay of its own", needs: [.delayPerMessage]) { trial in
            let queue = try await trial.makeQueue()
            let messages = [
                OutgoingMessage(body: "soon", delay: trial.short * 4), OutgoingMessage(body: "now"),
                OutgoingMessage(body: "late", delay: BrokerTrial.long),
            ]
            try await trial.send(messages, to: queue)
            try trial.expectEqual(try await trial.receiveOne(from: queue).body, "now", "the message without a delay")
            try await trial.expectNothing(from: queue, because: "the others are delayed")
            try await trial.advance(by: trial.short * 5)
            try trial.expectEqual(
                try await trial.receiveOne(from: queue).body, "soon", "the message with a short delay")
            try await trial.expectNothing(from: queue, because: "the last is delayed for longer")
        },
        BrokerCase("a delay over the queue's limit is refused at enqueue", needs: [.delayPerMessage, .delayLimit]) {
            trial in
            let queue = try await trial.makeQueue()
            guard let longest = try await trial.broker.capabilities(of: queue).longestDelay else {
                throw ConformanceFailure(expected: "a longest delay, as the harness declares", got: "none")
            }
            let error = try await trial.error(.delayTooLong) {
                try await trial.broker.enqueue(named: "probe", on: queue, .delay(longest + .seconds(1)))
            }
            try trial.expect(error.message.contains("\(longest)"), "an error that gives \(longest)", error.message)
            try await trial.expectNothing(from: queue, because: "the message was refused")
            try await trial.broker.enqueue(named: "probe", on: queue, .delay(longest))
            try await trial.expectNothing(from: queue, because: "the longest delay is not over")
        },
    ]
}
