import Foundation
import SQJobsCore
import TestSurroundings

extension Broker {
    /// Makes a queue with a name that was never used.
    func makeQueue(_ settings: QueueSettings) async throws -> QueueName {
        let queue = QueueName("it-\(UUID().uuidString)\(settings.isOrdered ? ".fifo" : "")")
        try await queueAdministration.create(queue, settings)
        return queue
    }

    func statistics(of queue: QueueName) async throws -> QueueStatistics {
        try await queueAdministration.statistics(of: queue)
    }

    /// Waits until a queue holds nothing more.
    func waitUntilEmpty(_ queue: QueueName, within limit: Duration = .seconds(30)) async throws {
        var last = QueueStatistics(waiting: 0)
        do {
            try await eventually("the queue is empty", within: limit) {
                last = try await statistics(of: queue)
                return last.isEmpty
            }
        } catch let error as NeverHappened {
            throw NeverHappened(what: "\(error.what) (it holds \(last))", limit: limit)
        }
    }

    var queueAdministration: any QueueAdministration {
        get throws {
            guard let administration else {
                throw SQJobsError(.unsupported, "The broker has no administration.")
            }
            return administration
        }
    }
}
