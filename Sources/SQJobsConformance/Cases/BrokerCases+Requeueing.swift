import SQJobsCore

extension BrokerCases {
    static let requeueCases: [BrokerCase] = [
        BrokerCase(
            "a dead message that is put back keeps its job's id and counts anew",
            needs: [.deadLetters, .administration]
        ) { trial in
            let queue = try await trial.makeQueue(maximumReceives: 2)
            let ticket = try await trial.broker.enqueue(
                named: "probe", on: queue, args: [1, "two"], .attribute("note", "kept"))
            let first = try await trial.receiveOne(from: queue)
            try await trial.bury([first])
            _ = try await trial.deadMessages(1, of: queue)
            let count = try await trial.administration().requeueDeadMessages(of: queue, messageIDs: nil)
            try trial.expectEqual(count, 1, "the number that was put back")
            let again = try await trial.receiveOne(from: queue)
            try trial.expectEqual(again.receiveCount, 1, "the receive count")
            try trial.expectEqual(again.attributes["note"] ?? "nothing", "kept", "its attribute")
            let job = try MessageCodec.decode(again.body, messageID: again.messageID)
            try trial.expectEqual(job.id, ticket.id, "the job's id")
            try trial.expectEqual(try job.arguments.positional(), [1, "two"], "the job's arguments")
            _ = try await trial.deadMessages(0, of: queue)
        },
        BrokerCase(
            "a message without an id that is put back has the id that it had", needs: [.deadLetters, .administration]
        ) { trial in
            let queue = try await trial.makeQueue(maximumReceives: 2)
            try await trial.send(#"{"name": "probe", "args": [7], "kwargs": {}}"#, to: queue)
            let first = try await trial.receiveOne(from: queue)
            try await trial.bury([first])
            _ = try await trial.deadMessages(1, of: queue)
            _ = try await trial.administration().requeueDeadMessages(of: queue, messageIDs: nil)
            let again = try await trial.receiveOne(from: queue)
            let job = try MessageCodec.decode(again.body, messageID: again.messageID)
            try trial.expectEqual(job.id, first.messageID, "the job's id")
            try trial.expectEqual(try job.arguments.positional(), [7], "the job's arguments")
        },
        BrokerCase("only the chosen dead messages are put back", needs: [.deadLetters, .administration]) { trial in
            let queue = try await trial.makeQueue(maximumReceives: 2)
            try await trial.send("1", "2", "3", to: queue)
            try await trial.bury(try await trial.collect(3, from: queue))
            let chosen = try await trial.deadMessages(3, of: queue).filter { $0.body != "2" }
            let count = try await trial.administration().requeueDeadMessages(
                of: queue, messageIDs: Set(chosen.map(\.messageID)))
            try trial.expectEqual(count, 2, "the number that was put back")
            let again = try await trial.collect(2, from: queue)
            try trial.expectEqual(Set(again.map(\.body)), ["1", "3"], "what was put back")
            try trial.expectEqual(try await trial.deadMessages(1, of: queue)[0].body, "2", "what is still dead")
        },
        BrokerCase("a dead message is put back once", needs: [.deadLetters, .administration]) { trial in
            let queue = try await trial.makeQueue(maximumReceives: 2)
            try await trial.send("body", to: queue)
            try await trial.bury([try await trial.receiveOne(from: queue)])
            _ = try await trial.deadMessages(1, of: queue)
            let administration = try trial.administration()
            let counts = [
                try await administration.requeueDeadMessages(of: queue, messageIDs: nil),
                try await administration.requeueDeadMessages(of: queue, messageIDs: nil),
            ]
            try trial.expectEqual(counts, [1, 0], "the numbers that were put back")
            _ = try await trial.receiveOne(from: queue)
            try await trial.expectNothing(from: queue, because: "one message was put back")
        },
        BrokerCase(
            "a dead message that is put back is not taken for a repeat",
            needs: [.deadLetters, .deduplication, .administration]
        ) { trial in
            let queue = try await trial.makeQueue(ordered: true, maximumReceives: 2)
            let ticket = try await trial.broker.enqueue(named: "probe", on: queue, .group("a"))
            for _ in 1...2 {
                let delivery = try await trial.receiveOne(from: queue)
                let job = try MessageCodec.decode(delivery.body, messageID: delivery.messageID)
                try trial.expectEqual(job.id, ticket.id, "the job's id")
                try trial.expectEqual(delivery.group ?? "none", "a", "the group")
                try await trial.bury([delivery])
                _ = try await trial.deadMessages(1, of: queue)
                _ = try await trial.administration().requeueDeadMessages(of: queue, messageIDs: nil)
            }
            _ = try await trial.receiveOne(from: queue)
        },
    ]
}
