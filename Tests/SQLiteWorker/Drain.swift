import Foundation
import SQJobsSQLite

/// Receives from a queue and deletes, a few at a time, until nothing comes any more.
struct Drain {
    let path: String
    let queue: QueueName
    /// How long a message is held: what a process that is killed holds comes back then.
    let visibility: Duration

    private static let batch = 10

    func run() async throws {
        let broker = try SQLiteStore(path: path).broker
        var isEmpty = false
        while !isEmpty {
            let deliveries = try await broker.receive(
                from: queue, count: Self.batch, wait: .seconds(2), visibility: visibility)
            for delivery in deliveries { SQLiteWorker.say("done \(delivery.messageID)") }
            for case .failure(let error) in try await broker.delete(deliveries) where error.code != .leaseLost {
                throw error
            }
            isEmpty = deliveries.isEmpty
        }
    }
}
