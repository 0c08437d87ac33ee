import SQJobsCore
import Synchronization

/// Looks queues up by name, each once however many ask at the same time, and remembers them.
final class SQSQueues: Sendable {
    private let client: SQSClient
    private let lookups = Mutex<[QueueName: Task<SQSQueue, any Error>]>([:])
    private let urls = Mutex<[SQSQueue.DeadLetterTarget: String]>([:])

    init(_ client: SQSClient) {
        self.client = client
    }

    /// A queue by its name.
    ///
    /// - Throws: `SQJobsError`; a lookup that failed is made again the next time.
    func queue(_ name: QueueName) async throws -> SQSQueue {
        let lookup = lookups.withLock { lookups in
            if let lookup = lookups[name] { return lookup }
            let lookup = Task { [client] in try await Self.lookUp(name, client) }
            lookups[name] = lookup
            return lookup
        }
        do {
            return try await lookup.value
        } catch {
            forget(name)
            throw error
        }
    }

    /// Forgets a queue that may be gone or different.
    func forget(_ name: QueueName) {
        lookups.withLock { $0[name] = nil }
    }

    /// The URL of a queue that may belong to another account.
    func url(of target: SQSQueue.DeadLetterTarget) async throws -> String {
        if let url = urls.withLock({ $0[target] }) { return url }
        let answer = try await client.perform(
            GetQueueURL(queueName: target.name.rawValue, ownerAccount: target.account), on: target.name)
        urls.withLock { $0[target] = answer.queueURL }
        return answer.queueURL
    }

    private static func lookUp(_ name: QueueName, _ client: SQSClient) async throws -> SQSQueue {
        let url = try await client.perform(GetQueueURL(queueName: name.rawValue), on: name).queueURL
        let answer = try await client.perform(
            GetQueueAttributes(queueURL: url, names: SQSQueue.attributeNames), on: name)
        return SQSQueue(name, url: url, attributes: answer.attributes)
    }
}
