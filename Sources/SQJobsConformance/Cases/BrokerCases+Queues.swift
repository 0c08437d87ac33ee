import SQJobsCore

extension BrokerCases {
    static let queueCases: [BrokerCase] = [
        BrokerCase("a broker declares what it can do") { trial in
            let features = trial.harness.features
            let settings = QueueSettings(
                visibility: .seconds(45), maximumReceives: features.contains(.deadLetters) ? 3 : nil)
            let plain = try await trial.broker.capabilities(of: trial.harness.makeQueue(settings))
            try trial.expectSound(plain)
            try trial.expectEqual(plain.visibility, .seconds(45), "the visibility that was asked for")
            try trial.expectEqual(plain.isOrdered, false, "isOrdered of a queue that was not to be ordered")
            try trial.expectEqual(plain.delaysEachMessage, features.contains(.delayPerMessage), "delaysEachMessage")
            try trial.expectEqual(plain.longestDelay != nil, features.contains(.delayLimit), "a limit on delays")
            let isLimited = plain.largestMessage <= 64 << 20
            try trial.expectEqual(isLimited, features.contains(.sizeLimit), "a limit on sizes")
            if features.contains(.deadLetters) {
                try trial.expectEqual(plain.maximumReceives, 3, "the number of receives that was asked for")
                try trial.expectEqual(plain.keepsDeadMessages, true, "keepsDeadMessages")
            }
            let hasAdministration = trial.broker.administration != nil
            try trial.expectEqual(
                hasAdministration, features.contains(.administration), "whether there is an administration")
            guard features.contains(.orderedGroups) else { return }
            let ordered = try await trial.broker.capabilities(of: trial.makeQueue(ordered: true))
            try trial.expectSound(ordered)
            try trial.expectEqual(ordered.isOrdered, true, "isOrdered of a queue that was to be ordered")
            try trial.expectEqual(ordered.deduplicates, features.contains(.deduplication), "deduplicates")
        },
        BrokerCase("a queue that does not exist is named in the error") { trial in
            let missing = QueueName("\(try await trial.makeQueue())-missing")
            let calls: [(String, () async throws -> Void)] = [
                ("capabilities", { _ = try await trial.broker.capabilities(of: missing) }),
                ("send", { try await trial.send("body", to: missing) }),
                ("receive", { _ = try await trial.receive(from: missing) }),
                ("enqueue", { try await trial.broker.enqueue(named: "probe", on: missing) }),
            ]
            for (name, call) in calls {
                let error = try await trial.error(.queueDoesNotExist, call)
                try trial.expectEqual(error.queue, missing, "the queue of the error of \(name)")
                try trial.expect(
                    error.message.contains(missing.rawValue), "an error of \(name) that names “\(missing)”",
                    error.message)
            }
        },
        BrokerCase("a queue that is made twice is one queue", needs: [.administration]) { trial in
            let settings = QueueSettings(visibility: .seconds(45))
            let queue = try await trial.harness.makeQueue(settings)
            try await trial.send("body", to: queue)
            try await trial.administration().create(queue, settings)
            try trial.expectEqual(try await trial.receiveOne(from: queue).body, "body", "what the queue holds")
            _ = try await trial.error(.brokerRefused) {
                try await trial.administration().create(queue, QueueSettings(visibility: .seconds(90)))
            }
            let kept = try await trial.broker.capabilities(of: queue).visibility
            try trial.expectEqual(kept, .seconds(45), "the visibility after the refusal")
        },
        BrokerCase("queues are listed in the order of their names", needs: [.administration]) { trial in
            let made = [try await trial.makeQueue(), try await trial.makeQueue()]
            let names = try await trial.eventually("a list with \(made)") {
                let names = try await trial.administration().queues()
                return Set(names).isSuperset(of: made) ? .success(names) : .failure("\(names)")
            }
            let texts = names.map(\.rawValue)
            try trial.expectEqual(texts, texts.sorted(), "the order")
        },
        BrokerCase("purging deletes what a queue holds", needs: [.administration]) { trial in
            let queue = try await trial.makeQueue()
            try await trial.send("1", "2", "3", to: queue)
            try await trial.administration().purge(queue)
            try await trial.advance(by: trial.short)
            try await trial.expectNothing(from: queue, because: "the queue was purged")
            try await trial.send("4", to: queue)
            try trial.expectEqual(try await trial.receiveOne(from: queue).body, "4", "what is sent afterwards")
        },
        BrokerCase("statistics count what waits, is held and is delayed", needs: [.administration]) { trial in
            let queue = try await trial.makeQueue()
            try await trial.expectStatistics(QueueStatistics(waiting: 0), of: queue)
            try await trial.send("1", "2", "3", to: queue)
            try await trial.expectStatistics(QueueStatistics(waiting: 3), of: queue)
            let held = try await trial.receiveOne(from: queue)
            try await trial.expectStatistics(QueueStatistics(waiting: 2, inFlight: 1), of: queue)
            try await trial.delete([held])
            try await trial.expectStatistics(QueueStatistics(waiting: 2), of: queue)
            guard trial.harness.features.contains(.delayPerMessage) else { return }
            try await trial.send([OutgoingMessage(body: "4", delay: BrokerTrial.long)], to: queue)
            try await trial.expectStatistics(QueueStatistics(waiting: 2, delayed: 1), of: queue)
        },
        BrokerCase("statistics count the dead", needs: [.administration, .deadLetters]) { trial in
            let queue = try await trial.makeQueue(maximumReceives: 3)
            try await trial.send("1", "2", to: queue)
            try await trial.bury([try await trial.receiveOne(from: queue)])
            try await trial.expectStatistics(QueueStatistics(waiting: 1, dead: 1), of: queue)
        },
        BrokerCase("a removed queue does not exist", needs: [.administration]) { trial in
            let queue = try await trial.makeQueue()
            try await trial.send("body", to: queue)
            try await trial.administration().remove(queue)
            try await trial.eventually("an error that the queue does not exist") { () -> BrokerTrial.Look<Void> in
                do {
                    _ = try await trial.receive(from: queue)
                    return .failure("no error")
                } catch let error as SQJobsError where error.code == .queueDoesNotExist {
                    return .success(())
                }
            }
        },
    ]
}

extension BrokerTrial {
    /// Compares the figures that every broker knows; one that keeps no dead messages has none to count.
    fileprivate func expectStatistics(_ expected: QueueStatistics, of queue: QueueName) async throws {
        let administration = try administration()
        try await eventually("\(expected)") {
            var got = try await administration.statistics(of: queue)
            if expected.dead == nil { got.dead = nil }
            return got == expected ? .success(()) : .failure("\(got)")
        }
    }

    fileprivate func expectSound(_ capabilities: QueueCapabilities) throws {
        let text = "\(capabilities)"
        try expect(capabilities.visibility > .zero, "a visibility above zero", text)
        try expect(capabilities.batchSize >= 1, "a batch of at least one message", text)
        try expect(capabilities.largestMessage >= 1024, "room for a message of 1 KiB", text)
        try expect(
            capabilities.largestBatch >= capabilities.largestMessage, "a batch that holds the largest message", text)
        try expect(capabilities.longestWait > .zero, "a receive that can wait", text)
        try expect(capabilities.longestDelay ?? .seconds(1) > .zero, "a longest delay above zero", text)
        try expect(capabilities.longestRelease ?? .seconds(1) > .zero, "a longest release above zero", text)
        try expect(
            capabilities.longestLease ?? capabilities.visibility >= capabilities.visibility,
            "a longest lease of at least the visibility", text)
    }
}
