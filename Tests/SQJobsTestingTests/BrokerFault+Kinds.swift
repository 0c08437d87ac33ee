import SQJobsTesting
import Synchronization

extension BrokerFault {
    static let refusal = SQJobsError(.brokerRefused, "The faulty broker refuses.")

    /// Claims that every entry succeeded.
    static func pretended(_ count: Int) -> Answers {
        Array(repeating: .success(()), count: count)
    }

    /// Receives otherwise than it was asked to.
    static func receivingWith(_ change: @escaping @Sendable (inout Receive) -> Void) -> BrokerFault {
        with {
            $0.receive = { memory, call in
                var call = call
                change(&call)
                return try await memory.receive(call)
            }
        }
    }

    /// Releases with other delays than it was asked to.
    static func releasingWith(_ delay: @escaping @Sendable ([Release], Release) -> Duration) -> BrokerFault {
        with {
            $0.release = { memory, releases in
                try await memory.release(releases.map { Release($0.delivery, after: delay(releases, $0)) })
            }
        }
    }

    /// Tells a limit once and knows it no more when it is asked again.
    static func forgetting(_ limit: @escaping @Sendable (inout QueueCapabilities) -> Void) -> BrokerFault {
        with { fault in
            let isFirst = Mutex(true)
            fault.capabilities = { memory, queue in
                var capabilities = try await memory.capabilities(of: queue)
                let forgets = isFirst.withLock { isFirst in
                    defer { isFirst = false }
                    return !isFirst
                }
                if forgets { limit(&capabilities) }
                return capabilities
            }
        }
    }

    /// Looks at the queue when a receive begins, then not before its time is over.
    static let deaf = with {
        $0.receive = { memory, call in
            var call = call
            let wait = call.wait
            call.wait = .zero
            let deliveries = try await memory.receive(call)
            guard deliveries.isEmpty, wait > .zero else { return deliveries }
            try await memory.clock.sleep(wait)
            return []
        }
    }

    /// Keeps the names of groups and forgets what they mean.
    static let ungrouped = with { fault in
        let count = Mutex(0)
        fault.send = { memory, messages, queue in
            let apart = messages.map { message in
                var message = message
                let number = count.withLock { count in
                    count += 1
                    return count
                }
                message.group = message.group.map { "\($0)#\(number)" }
                return message
            }
            return try await memory.send(apart, to: queue)
        }
        fault.receive = { memory, call in
            try await memory.receive(call).map { $0.but(group: $0.group?.prefix { $0 != "#" }.description) }
        }
    }

    /// Sends copies of the dead messages, which stay where they are.
    static func resend(
        _ memory: InMemoryBroker, _ base: any QueueAdministration, _ queue: QueueName,
        deduplicationID: (DeadMessage) throws -> String?
    ) async throws -> Int {
        let dead = try await base.deadMessages(of: queue, limit: 100)
        let isOrdered = try await memory.capabilities(of: queue).isOrdered
        let copies = try dead.map {
            OutgoingMessage(
                body: $0.body, attributes: $0.attributes, group: isOrdered ? "a" : nil,
                deduplicationID: try deduplicationID($0))
        }
        return try await memory.send(copies, to: queue).count
    }

    static func keepFirst(_ first: BrokerFault, _ second: BrokerFault) -> BrokerFault { first }
}
