import SQJobsCore

import struct Foundation.Date

/// One queue in memory: a plain state machine that is told the time with each call.
///
/// A message waits (`visibleAt` has come), is held (it has not, and there is a receipt) or is held back (it has not, and
/// there is none). An ordered group with a message that does not wait delivers nothing.
struct InMemoryQueue {
    /// How long a deduplication id is remembered, as on Amazon SQS.
    static let deduplicationInterval = Duration.seconds(300)

    let name: QueueName
    let settings: QueueSettings
    let capabilities: QueueCapabilities
    /// In the order in which they were sent, which a release does not change.
    var messages: [InMemoryMessage] = []
    private var recentSends: [String: (messageID: String, time: Duration)] = [:]

    init(name: QueueName, settings: QueueSettings, capabilities: QueueCapabilities) {
        self.name = name
        self.settings = settings
        self.capabilities = capabilities
    }

    mutating func send(
        _ message: OutgoingMessage, id: String, at now: Duration, date: Date
    ) -> Result<SentMessage, SQJobsError> {
        guard message.size <= capabilities.largestMessage else {
            return .failure(refused("a message of \(message.size) bytes is larger than it can hold"))
        }
        guard message.delay <= capabilities.longestDelay ?? message.delay else {
            return .failure(refused("it cannot delay a message by \(message.delay)"))
        }
        guard message.delay == .zero || capabilities.delaysEachMessage else {
            return .failure(refused("it cannot delay a single message"))
        }
        guard !capabilities.isOrdered || message.group != nil else {
            return .failure(refused("a message without a group cannot be put in order"))
        }
        if capabilities.deduplicates, let deduplicationID = message.deduplicationID {
            recentSends = recentSends.filter { now - $0.value.time < Self.deduplicationInterval }
            if let first = recentSends[deduplicationID] { return .success(SentMessage(messageID: first.messageID)) }
            recentSends[deduplicationID] = (id, now)
        }
        messages.append(
            InMemoryMessage(
                id: id, body: message.body, attributes: message.attributes,
                group: capabilities.isOrdered ? message.group : nil, sentAt: date, visibleAt: now + message.delay))
        return .success(SentMessage(messageID: id))
    }

    /// Takes what can be received, and takes out what was received too often.
    ///
    /// Several messages of one group may be taken at once, in order, as from Amazon SQS.
    mutating func take(
        _ count: Int, visibility: Duration, at now: Duration, canBury: Bool
    ) -> (deliveries: [Delivery], dead: [InMemoryMessage]) {
        let heldGroups = heldGroups(at: now)
        var deliveries: [Delivery] = []
        var dead: [InMemoryMessage] = []
        var place = messages.startIndex
        while place < messages.endIndex, deliveries.count < count {
            let message = messages[place]
            let isFree = message.group.map { !heldGroups.contains($0) } ?? true
            guard message.visibleAt <= now, isFree else {
                place += 1
                continue
            }
            if canBury, let limit = capabilities.maximumReceives, message.receiveCount >= limit {
                dead.append(messages.remove(at: place))
                continue
            }
            deliveries.append(messages[place].take(from: name, at: now, visibility: visibility))
            place += 1
        }
        return (deliveries, dead)
    }

    /// When the next message that is held or held back can be received.
    func nextChange(after now: Duration) -> Duration? {
        messages.lazy.map(\.visibleAt).filter { $0 > now }.min()
    }

    /// When the first message that is held back can be received.
    func nextDelayed(after now: Duration) -> Duration? {
        messages.lazy.filter { $0.visibleAt > now && $0.receipt == nil }.map(\.visibleAt).min()
    }

    mutating func extend(
        _ delivery: Delivery, by duration: Duration, at now: Duration
    ) -> Result<Void, SQJobsError> {
        guard let place = place(ofHeld: delivery, at: now) else { return .failure(leaseLost(delivery)) }
        let end = now + duration
        if let longest = capabilities.longestLease, end > messages[place].receivedAt + longest {
            return .failure(refused("it cannot hold a message for longer than \(longest) from its receive"))
        }
        messages[place].visibleAt = end
        return .success(())
    }

    mutating func release(_ release: Release, at now: Duration) -> Result<Void, SQJobsError> {
        guard let place = place(ofHeld: release.delivery, at: now) else {
            return .failure(leaseLost(release.delivery))
        }
        guard release.delay <= capabilities.longestRelease ?? release.delay else {
            return .failure(refused("it cannot keep a released message back for \(release.delay)"))
        }
        messages[place].visibleAt = now + release.delay
        messages[place].receipt = nil
        return .success(())
    }

    /// Deletes by the last receipt, even if its lease ran out: a job that is done should not run again.
    mutating func delete(_ delivery: Delivery) -> Result<Void, SQJobsError> {
        guard let place = messages.firstIndex(where: { $0.id == delivery.messageID }) else { return .success(()) }
        guard messages[place].receipt == delivery.receipt else { return .failure(leaseLost(delivery)) }
        messages.remove(at: place)
        return .success(())
    }

    /// Takes a held message out, to be put where the dead messages are.
    mutating func takeOut(_ delivery: Delivery, at now: Duration) -> Result<InMemoryMessage, SQJobsError> {
        guard let place = place(ofHeld: delivery, at: now) else { return .failure(leaseLost(delivery)) }
        return .success(messages.remove(at: place))
    }

    func statistics(at now: Duration, dead: Int?) -> QueueStatistics {
        var statistics = QueueStatistics(waiting: 0, dead: dead)
        for message in messages {
            if message.visibleAt <= now {
                statistics.waiting += 1
            } else if message.receipt == nil {
                statistics.delayed += 1
            } else {
                statistics.inFlight += 1
            }
        }
        return statistics
    }

    private func heldGroups(at now: Duration) -> Set<String> {
        guard capabilities.isOrdered else { return [] }
        return Set(messages.lazy.filter { $0.visibleAt > now }.compactMap(\.group))
    }

    private func place(ofHeld delivery: Delivery, at now: Duration) -> Int? {
        messages.firstIndex {
            $0.id == delivery.messageID && $0.receipt == delivery.receipt && $0.visibleAt > now
        }
    }

    private func leaseLost(_ delivery: Delivery) -> SQJobsError {
        SQJobsError(
            .leaseLost,
            "The message \(delivery.messageID) of the queue “\(name)” is no longer held: its lease ran out or it was"
                + " settled already.",
            queue: name)
    }

    private func refused(_ reason: String) -> SQJobsError {
        SQJobsError(.brokerRefused, "The queue “\(name)” refused: \(reason).", queue: name)
    }
}
