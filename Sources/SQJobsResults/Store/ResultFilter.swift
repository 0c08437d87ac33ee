public import SQJobsCore

public import struct Foundation.Date

/// Which jobs to list: those that fit everything that is said.
public struct ResultFilter: Sendable, Hashable {
    /// The states; all of them when empty.
    public var states: Set<JobState>
    /// The jobs' name.
    public var name: String?
    /// The queue that the jobs were sent to last.
    public var queue: QueueName?
    /// The earliest time at which the jobs were first heard of.
    public var createdFrom: Date?
    /// The time before which the jobs were first heard of.
    public var createdBefore: Date?

    /// Makes a filter; without arguments it lets every job pass.
    ///
    /// - Parameters:
    ///   - states: The states; all of them when empty.
    ///   - name: The jobs' name.
    ///   - queue: The queue that the jobs were sent to last.
    ///   - createdFrom: The earliest time at which the jobs were first heard of.
    ///   - createdBefore: The time before which the jobs were first heard of.
    public init(
        states: Set<JobState> = [], name: String? = nil, queue: QueueName? = nil, createdFrom: Date? = nil,
        createdBefore: Date? = nil
    ) {
        self.states = states
        self.name = name
        self.queue = queue
        self.createdFrom = createdFrom
        self.createdBefore = createdBefore
    }
}
