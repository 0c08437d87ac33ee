import SQJobsCore
import Synchronization

/// Sends messages in as few requests as it can.
///
/// On a standard queue, single messages that come at the same time share batches of ten; a lone one goes at once. On a
/// FIFO queue a batch has one message of a group at most, and the next goes only after the one before it went.
final class SQSSender: Sendable {
    typealias Answer = Result<SentMessage, SQJobsError>

    private struct Entry: Sendable {
        let message: OutgoingMessage
        let answer: CheckedContinuation<Answer, Never>
    }

    private let client: SQSClient
    private let clock: JobClock
    private let collectors = Mutex<[String: BatchCollector<Entry>]>([:])

    /// How long a message waits for others while another request of its queue is under way.
    private static let linger = Duration.milliseconds(5)
    /// How many batches of one call go at once.
    private static let parallelBatches = 8

    init(_ client: SQSClient, clock: JobClock) {
        self.client = client
        self.clock = clock
    }

    /// Sends messages and says of each whether it was sent.
    func send(_ messages: [OutgoingMessage], to queue: SQSQueue) async -> [Answer] {
        if queue.capabilities.isOrdered { return await sendInOrder(messages, to: queue) }
        if messages.count == 1 { return [await sendOne(messages[0], to: queue)] }
        let batches = SQSBatches(messages, queue.capabilities).ranges
        return await sendAtOnce(batches.map { Array(messages[$0]) }, to: queue)
    }

    private func sendOne(_ message: OutgoingMessage, to queue: SQSQueue) async -> Answer {
        let collector = collectors.withLock { collectors in
            if let collector = collectors[queue.url] { return collector }
            let collector = makeCollector(for: queue)
            collectors[queue.url] = collector
            return collector
        }
        let request = SQSSendRequest(client: client, queue: queue)
        if let answer = await collector.carryOutAlone({ await request.send([message])[0] }) { return answer }
        return await withCheckedContinuation { collector.add(Entry(message: message, answer: $0)) }
    }

    private func makeCollector(for queue: SQSQueue) -> BatchCollector<Entry> {
        let policy = BatchCollector<Entry>.Policy(
            count: queue.capabilities.batchSize, weight: queue.capabilities.largestBatch, linger: Self.linger,
            sendsLoneEntriesAtOnce: true)
        return BatchCollector(policy, clock: clock, weight: { $0.message.size }) { [client] entries in
            let answers = await SQSSendRequest(client: client, queue: queue).send(entries.map(\.message))
            for (entry, answer) in zip(entries, answers) { entry.answer.resume(returning: answer) }
        }
    }

    /// Sends batches, a few of them at a time.
    private func sendAtOnce(_ batches: [[OutgoingMessage]], to queue: SQSQueue) async -> [Answer] {
        let request = SQSSendRequest(client: client, queue: queue)
        return await withTaskGroup(of: (Int, [Answer]).self) { group in
            var answers: [[Answer]] = Array(repeating: [], count: batches.count)
            for (index, batch) in batches.enumerated() {
                if index >= Self.parallelBatches, let (done, batch) = await group.next() { answers[done] = batch }
                group.addTask { (index, await request.send(batch)) }
            }
            for await (done, batch) in group { answers[done] = batch }
            return answers.flatMap(\.self)
        }
    }

    /// Sends in rounds: each takes the next message of every group. After one that failed, its group is over.
    private func sendInOrder(_ messages: [OutgoingMessage], to queue: SQSQueue) async -> [Answer] {
        let request = SQSSendRequest(client: client, queue: queue)
        var answers = Array<Answer?>(repeating: nil, count: messages.count)
        var open = Array(messages.indices)
        var brokenGroups: Set<String?> = []
        while !open.isEmpty {
            var groups: Set<String?> = []
            var round: [Int] = []
            var later: [Int] = []
            for place in open {
                if groups.insert(messages[place].group).inserted { round.append(place) } else { later.append(place) }
            }
            open = later
            let batches = SQSBatches(round.map { messages[$0] }, queue.capabilities).ranges
            for batch in batches {
                let places = Array(round[batch])
                for (place, answer) in zip(places, await request.send(places.map { messages[$0] })) {
                    answers[place] = answer
                    if case .failure = answer { brokenGroups.insert(messages[place].group) }
                }
            }
            for place in open where brokenGroups.contains(messages[place].group) {
                answers[place] = .failure(Self.notSent(queue.name))
            }
            open.removeAll { brokenGroups.contains(messages[$0].group) }
        }
        return answers.map { $0 ?? .failure(Self.notSent(queue.name)) }
    }

    private static func notSent(_ queue: QueueName) -> SQJobsError {
        SQJobsError(
            .brokerRefused,
            "The message was not sent to the queue “\(queue)” because one before it in its group was not: send it again"
                + " after that one.",
            queue: queue)
    }
}
