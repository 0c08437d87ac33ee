import SQJobsCore

extension BrokerCases {
    static let receiveCases: [BrokerCase] = [
        BrokerCase("a message has one id at every delivery, a new receipt and a growing count") { trial in
            let queue = try await trial.makeQueue()
            let sent = try await trial.send("body", to: queue)
            var receipts: Set<String> = []
            for count in 1...3 {
                let delivery = try await trial.receiveOne(from: queue)
                try trial.expectEqual(delivery.messageID, sent[0].messageID, "the message's id")
                try trial.expectEqual(delivery.receiveCount, count, "the receive count")
                try trial.expect(
                    receipts.insert(delivery.receipt).inserted, "a new receipt", "one of an earlier delivery")
                try await trial.release([delivery])
            }
        },
        BrokerCase("no more messages are received than were asked for") { trial in
            let queue = try await trial.makeQueue()
            try await trial.send("1", "2", "3", "4", "5", to: queue)
            var bodies: Set<String> = []
            while bodies.count < 5 {
                let most = bodies.count == 0 ? 1 : 2
                let next = try await trial.eventually("a further message") {
                    let deliveries = try await trial.receive(from: queue, count: most)
                    return deliveries.isEmpty ? .failure("none") : .success(deliveries)
                }
                for delivery in next {
                    try trial.expect(
                        bodies.insert(delivery.body).inserted, "each message once", "“\(delivery.body)” twice")
                }
            }
        },
        BrokerCase("a receive that is not to wait returns from an empty queue at once") { trial in
            let queue = try await trial.makeQueue()
            let task = Task { try await trial.receive(from: queue) }
            let deliveries = try await trial.end(of: task, "an answer at once").get()
            try trial.expect(deliveries.isEmpty, "no message", "\(deliveries.count)")
        },
    ]

    static let waitCases: [BrokerCase] = [
        BrokerCase("a receive that waits returns as soon as a message comes") { trial in
            let queue = try await trial.makeQueue()
            let wait = try await trial.broker.capabilities(of: queue).longestWait
            let waiting = try await trial.start {
                try await trial.broker.receive(from: queue, count: 10, wait: wait, visibility: BrokerTrial.long)
            }
            try await trial.send("body", to: queue)
            let deliveries = try await trial.end(of: waiting, "the message well before \(wait) are over").get()
            try trial.expectEqual(deliveries.map(\.body), ["body"], "what was received")
        },
        BrokerCase("a receive that waits returns nothing once its time is over") { trial in
            let queue = try await trial.makeQueue()
            let wait = trial.short * 2
            let clock = trial.broker.clock
            let waiting = try await trial.start {
                let start = clock.elapsed()
                let deliveries = try await trial.broker.receive(
                    from: queue, count: 10, wait: wait, visibility: BrokerTrial.long)
                return (deliveries, clock.elapsed() - start)
            }
            let (deliveries, took) = try await trial.advance(
                until: waiting, by: trial.short / 4, atMost: wait * 3, "an answer after \(wait)")
            try trial.expect(deliveries.isEmpty, "no message", "\(deliveries.count)")
            try trial.expect(took >= wait * 0.8, "an answer after \(wait)", "one after \(took)")
        },
        BrokerCase("a receive that waits returns when a held message becomes visible") { trial in
            let queue = try await trial.makeQueue()
            try await trial.send("body", to: queue)
            _ = try await trial.receiveOne(from: queue, visibility: trial.short)
            let wait = min(trial.short * 8, try await trial.broker.capabilities(of: queue).longestWait)
            let waiting = try await trial.start {
                try await trial.broker.receive(from: queue, count: 10, wait: wait, visibility: BrokerTrial.long)
            }
            let deliveries = try await trial.advance(
                until: waiting, by: trial.short / 4, atMost: wait * 2, "the message once its visibility is over")
            try trial.expectEqual(deliveries.map(\.body), ["body"], "what was received")
        },
        BrokerCase("a cancelled receive throws CancellationError and loses nothing") { trial in
            let queue = try await trial.makeQueue()
            let wait = try await trial.broker.capabilities(of: queue).longestWait
            // Held for a short time only: a server may hand a message to a request whose client is gone.
            let visibility = trial.short
            let waiting = try await trial.start {
                try await trial.broker.receive(from: queue, count: 10, wait: wait, visibility: visibility)
            }
            waiting.cancel()
            let end = try await trial.end(of: waiting, "CancellationError at once")
            guard case .failure(let error) = end, error is CancellationError else {
                throw ConformanceFailure(expected: "CancellationError", got: "\(end)")
            }
            try await trial.send("body", to: queue)
            try trial.expectEqual(try await trial.receiveOne(from: queue).body, "body", "what is received afterwards")
        },
        BrokerCase("a receive of a task that is cancelled already takes nothing") { trial in
            let queue = try await trial.makeQueue()
            try await trial.send("body", to: queue)
            let late = Task {
                while !Task.isCancelled { await Task.yield() }
                return try await trial.broker.receive(from: queue, count: 10, wait: .zero, visibility: BrokerTrial.long)
            }
            late.cancel()
            let end = try await trial.end(of: late, "CancellationError at once")
            guard case .failure(let error) = end, error is CancellationError else {
                throw ConformanceFailure(expected: "CancellationError", got: "\(end)")
            }
            let delivery = try await trial.receiveOne(from: queue)
            try trial.expectEqual(delivery.receiveCount, 1, "the receive count afterwards")
        },
        BrokerCase("a shutdown ends a receive that waits with an error") { trial in
            let queue = try await trial.makeQueue()
            let wait = try await trial.broker.capabilities(of: queue).longestWait
            let waiting = try await trial.start {
                try await trial.broker.receive(from: queue, count: 10, wait: wait, visibility: BrokerTrial.long)
            }
            await trial.broker.shutdown()
            if case .success(let deliveries) = try await trial.end(of: waiting, "an error at once") {
                throw ConformanceFailure(expected: "an error", got: "\(deliveries.count) messages")
            }
        },
    ]
}
