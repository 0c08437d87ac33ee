import SQJobsCore

/// A worker's queue, with its weight if it has one: `mail`, `mail:3`.
enum QueueArgument {
    /// Reads a queue.
    static func queue(_ text: String) throws -> WorkerQueue {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard let name = parts.first, !name.isEmpty, parts.count <= 2 else { throw fault }
        guard parts.count == 2 else { return WorkerQueue(QueueName(String(name))) }
        guard let weight = Int(parts[1]), (1...1000).contains(weight) else { throw fault }
        return WorkerQueue(QueueName(String(name)), weight: weight)
    }

    private static var fault: ArgumentFault {
        ArgumentFault("write a queue's name, or its name and a weight from 1 to 1000, as in mail:3.")
    }
}
