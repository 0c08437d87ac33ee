import SQJobsTesting
import Synchronization

import struct Foundation.Date

extension BrokerFault {
    /// For each conformance case a broker that breaks its promise.
    static let catalogue: [String: BrokerFault] = sending.merging(receiving, uniquingKeysWith: keepFirst)
        .merging(settling, uniquingKeysWith: keepFirst)
        .merging(dying, uniquingKeysWith: keepFirst)
        .merging(ordering, uniquingKeysWith: keepFirst)
        .merging(administering, uniquingKeysWith: keepFirst)

    private static let sending: [String: BrokerFault] = [
        "a body and its attributes arrive as they were sent": with {
            $0.receive = { try await $0.receive($1).map { $0.but(attributes: [:]) } }
        },
        "each message that is sent has an answer of its own, in order": with {
            $0.send = { try await $0.send($1, to: $2).reversed() }
        },
        "more messages than a batch holds are sent in one call": with {
            $0.send = { memory, messages, queue in
                guard messages.count <= 10 else { throw refusal }
                return try await memory.send(messages, to: queue)
            }
        },
        "calls for no entries at all are answered with nothing": with {
            $0.delete = { memory, deliveries in
                guard !deliveries.isEmpty else { throw refusal }
                return try await memory.delete(deliveries)
            }
        },
        "a delivery that says when it was sent says so rightly": with {
            $0.receive = { try await $0.receive($1).map { $0.but(sentAt: Date(timeIntervalSince1970: 0)) } }
        },
        "messages that together are larger than a batch are sent in one call": with {
            $0.send = { memory, messages, queue in
                guard messages.map(\.size).reduce(0, +) <= 1_048_576 else { throw refusal }
                return try await memory.send(messages, to: queue)
            }
        },
        "a message of exactly the largest size arrives": with {
            $0.send = { memory, messages, queue in
                guard messages.allSatisfy({ $0.size < 1_048_576 }) else { throw refusal }
                return try await memory.send(messages, to: queue)
            }
        },
        "a message one byte too large is refused at enqueue, with both sizes": forgetting { $0.largestMessage = .max },
        "a delay over the queue's limit is refused at enqueue": forgetting { $0.longestDelay = nil },
        "a delayed message is held back until its delay ends": with {
            $0.send = { memory, messages, queue in
                try await memory.send(messages.map { OutgoingMessage(body: $0.body) }, to: queue)
            }
        },
        "each message of a call has a delay of its own": with {
            $0.send = { memory, messages, queue in
                let delay = messages.first?.delay ?? .zero
                return try await memory.send(messages.map { OutgoingMessage(body: $0.body, delay: delay) }, to: queue)
            }
        },
        "messages that are sent one by one at the same time all arrive": with { fault in
            let count = Mutex(0)
            fault.send = { memory, messages, queue in
                let number = count.withLock { count in
                    count += 1
                    return count
                }
                if number == 30 { return messages.map { _ in .success(SentMessage(messageID: "lost")) } }
                return try await memory.send(messages, to: queue)
            }
        },
    ]

    private static let receiving: [String: BrokerFault] = [
        "a message has one id at every delivery, a new receipt and a growing count": with {
            $0.receive = { try await $0.receive($1).map { $0.but(receiveCount: 1) } }
        },
        "no more messages are received than were asked for": receivingWith { $0.count = 10 },
        "a receive that is not to wait returns from an empty queue at once": receivingWith { $0.wait = .seconds(1) },
        "a receive that waits returns as soon as a message comes": deaf,
        "a receive that waits returns nothing once its time is over": receivingWith { $0.wait = .zero },
        "a receive that waits returns when a held message becomes visible": deaf,
        "a cancelled receive throws CancellationError and loses nothing": with {
            $0.receive = { memory, call in
                do {
                    return try await memory.receive(call)
                } catch is CancellationError {
                    return []
                }
            }
        },
        "a receive of a task that is cancelled already takes nothing": with {
            $0.receive = { memory, call in
                let deliveries = try await Task { try await memory.receive(call) }.value
                try Task.checkCancellation()
                return deliveries
            }
        },
        "a shutdown ends a receive that waits with an error": with { $0.shutdown = { _ in } },
        "a message is invisible while it is held": receivingWith { $0.visibility = .zero },
        "a message is visible again when its visibility ends": receivingWith { $0.visibility = .seconds(1000) },
        "1,000 messages and 4 receivers: each is received exactly once": with {
            $0.receive = { memory, call in
                let deliveries = try await memory.receive(call)
                if deliveries.contains(where: { $0.body == "500" }) {
                    _ = try await memory.release(deliveries.map { Release($0) })
                }
                return deliveries
            }
            $0.delete = { pretended(try await $0.delete($1).count) }
        },
    ]

    private static let settling: [String: BrokerFault] = [
        "extending holds a message for longer, and again": with {
            $0.extend = { _, deliveries, _ in pretended(deliveries.count) }
        },
        "more deliveries than a batch holds are extended in one call": with {
            $0.extend = { memory, deliveries, duration in
                _ = try await memory.extend(Array(deliveries.prefix(10)), by: duration)
                return pretended(deliveries.count)
            }
        },
        "extending or releasing after the lease ran out is answered leaseLost": with {
            $0.release = { pretended(try await $0.release($1).count) }
        },
        "a stale receipt neither extends, releases nor deletes, and is answered": with {
            $0.extend = { pretended(try await $0.extend($1, by: $2).count) }
        },
        "each delivery of a call has an answer of its own, in order": with {
            $0.extend = { try await $0.extend($1, by: $2).reversed() }
        },
        "a released message can be received at once": with {
            $0.release = { _, releases in pretended(releases.count) }
        },
        "a message released with a delay is held back until it ends": releasingWith { _, _ in .zero },
        "each release of a call has a delay of its own": releasingWith { all, _ in all[0].delay },
        "more deliveries than a batch holds are released in one call": with {
            $0.release = { memory, releases in
                _ = try await memory.release(Array(releases.prefix(10)))
                return pretended(releases.count)
            }
        },
        "a deleted message never comes back": with {
            $0.delete = { _, deliveries in pretended(deliveries.count) }
        },
        "more deliveries than a batch holds are deleted in one call": with {
            $0.delete = { memory, deliveries in
                _ = try await memory.delete(Array(deliveries.prefix(10)))
                return pretended(deliveries.count)
            }
        },
        "deleting twice is no error": with { fault in
            let deleted = Mutex<Set<String>>([])
            fault.delete = { memory, deliveries in
                _ = try await memory.delete(deliveries)
                return deleted.withLock { deleted in
                    deliveries.map { deleted.insert($0.messageID).inserted ? .success(()) : .failure(refusal) }
                }
            }
        },
    ]

    private static let dying: [String: BrokerFault] = [
        "a message received too often is dead": with { $0.limit = { $0.maximumReceives = nil } },
        "a lease that runs out counts as a receive": with { $0.limit = { $0.maximumReceives = nil } },
        "a buried message is kept as it was and delivered no more": with {
            $0.bury = { memory, deliveries, _ in try await memory.delete(deliveries) }
        },
        "a buried message keeps the reason of its death": with {
            $0.bury = { try await $0.bury($1, reason: "\($2.count) characters") }
        },
        "looking at dead messages takes none away": with {
            $0.deadMessages = { base, queue, limit in
                let dead = try await base.deadMessages(of: queue, limit: limit)
                _ = try await base.requeueDeadMessages(of: queue, messageIDs: dead.first.map { [$0.messageID] })
                return dead
            }
        },
        "a dead message makes way for the rest of its group": with { $0.limit = { $0.maximumReceives = nil } },
        "a dead message that is put back keeps its job's id and counts anew": with {
            $0.requeue = { memory, base, queue, ids in
                for dead in try await base.deadMessages(of: queue, limit: 100) {
                    let job = try MessageCodec.decode(dead.body, messageID: dead.messageID)
                    try await memory.enqueue(
                        named: job.name, on: queue, args: job.arguments.positional(), .attribute("note", "kept"))
                }
                return 1
            }
        },
        "a message without an id that is put back has the id that it had": with {
            $0.requeue = { memory, base, queue, ids in try await resend(memory, base, queue) { _ in nil } }
        },
        "only the chosen dead messages are put back": with {
            $0.requeue = { memory, base, queue, ids in try await base.requeueDeadMessages(of: queue, messageIDs: nil) }
        },
        "a dead message is put back once": with {
            $0.requeue = { memory, base, queue, ids in try await resend(memory, base, queue) { _ in nil } }
        },
        "a dead message that is put back is not taken for a repeat": with {
            $0.requeue = { memory, base, queue, ids in
                try await resend(memory, base, queue) { try MessageCodec.decode($0.body, messageID: "").id }
            }
        },
    ]

    private static let ordering: [String: BrokerFault] = [
        "messages of a group that are sent together keep their order": with {
            $0.send = { try await $0.send($1.reversed(), to: $2).reversed() }
        },
        "a group with a held message delivers nothing further, the others go on": ungrouped,
        "a group waits for a message that was released with a delay": ungrouped,
        "a message whose lease ran out comes again before the rest of its group": with { fault in
            // Once the first of a group was delivered, it goes to the end.
            let delivered = Mutex<Set<String>>([])
            fault.receive = { memory, call in
                var call = call
                call.count = 10
                let deliveries = try await memory.receive(call)
                let isNew = delivered.withLock { delivered in deliveries.map { delivered.insert($0.body).inserted } }
                guard let place = isNew.firstIndex(of: true) else { return deliveries }
                for other in deliveries.indices.dropFirst(place + 1) {
                    _ = delivered.withLock { $0.remove(deliveries[other].body) }
                }
                return [deliveries[place]]
            }
        },
        "a released message comes before the rest of its group": with {
            $0.release = { memory, releases in
                for release in releases {
                    let again = OutgoingMessage(body: release.delivery.body, group: release.delivery.group)
                    _ = try await memory.send([again], to: release.delivery.queue)
                }
                return try await memory.delete(releases.map(\.delivery))
            }
        },
        "a group is refused on a queue without order": forgetting { $0.isOrdered = true },
        "a delay is refused on an ordered queue that has none for a single message": forgetting {
            $0.delaysEachMessage = true
        },
        "a repeat is dropped and answered as sent": with { $0.limit = { $0.deduplicates = false } },
        "a job enqueued twice with one id is one message": with { $0.limit = { $0.deduplicates = false } },
    ]

    private static let administering: [String: BrokerFault] = [
        "a broker declares what it can do": with { $0.limit = { $0.visibility = .seconds(30) } },
        "a queue that does not exist is named in the error": with {
            $0.receive = { memory, call in
                do {
                    return try await memory.receive(call)
                } catch {
                    throw SQJobsError(.queueDoesNotExist, "There is no such queue.")
                }
            }
        },
        "a queue that is made twice is one queue": with {
            $0.create = { base, queue, settings in
                try? await base.remove(queue)
                try await base.create(queue, settings)
            }
        },
        "queues are listed in the order of their names": with { $0.queues = { try await $0.queues().reversed() } },
        "purging deletes what a queue holds": with { $0.purge = { _, _ in } },
        "statistics count what waits, is held and is delayed": with {
            $0.statistics = { base, queue in
                var statistics = try await base.statistics(of: queue)
                statistics.waiting += statistics.inFlight
                return statistics
            }
        },
        "statistics count the dead": with {
            $0.statistics = { base, queue in
                var statistics = try await base.statistics(of: queue)
                statistics.dead = 0
                return statistics
            }
        },
        "a removed queue does not exist": with { $0.remove = { _, _ in } },
    ]
}
