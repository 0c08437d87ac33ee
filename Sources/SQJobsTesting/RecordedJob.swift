public import Foundation
public import SQJobsCore

/// One job that was enqueued on a ``RecordingBroker``: what it was given and what the enqueueing said beyond that.
public struct RecordedJob<Parameters: Sendable>: Sendable {
    /// The job's id.
    public let id: String
    /// The job's name.
    public let name: String
    /// The queue that it was sent to.
    public let queue: QueueName
    /// What the job was given, after the way through JSON that it would have had on a real queue.
    public let parameters: Parameters
    /// How long nobody may receive it.
    public let delay: Duration
    /// The ordered group, on a queue that has groups.
    public let group: String?
    /// What makes a repeat recognisable, on a queue that drops repeats.
    public let deduplicationID: String?
    /// What travelled beside the body.
    public let attributes: [String: String]
    /// When it was enqueued, by the broker's clock.
    public let enqueuedAt: Date

    func with<Other: Sendable>(_ parameters: Other) -> RecordedJob<Other> {
        RecordedJob<Other>(
            id: id, name: name, queue: queue, parameters: parameters, delay: delay, group: group,
            deduplicationID: deduplicationID, attributes: attributes, enqueuedAt: enqueuedAt)
    }
}

extension RecordedJob: CustomStringConvertible {
    /// The job with its parameters and options, for the message of a test that failed.
    public var description: String {
        var text = "\(name)(\(shownParameters)) on \(queue)"
        if delay > .zero { text += ", delay \(delay)" }
        if let group { text += ", group \(group)" }
        if let deduplicationID, deduplicationID != id { text += ", deduplication id \(deduplicationID)" }
        for (key, value) in attributes.sorted(by: { $0.key < $1.key }) { text += ", \(key): \(value)" }
        return text
    }

    private var shownParameters: String {
        switch parameters {
        case is NoParameters: ""
        case let arguments as JobArguments:
            String(decoding: arguments.args, as: UTF8.self) + ", " + String(decoding: arguments.kwargs, as: UTF8.self)
        default: "\(parameters)"
        }
    }
}
