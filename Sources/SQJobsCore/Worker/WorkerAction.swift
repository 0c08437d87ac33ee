/// The number under which a worker holds a message.
typealias LeaseID = Int

/// What the worker's state machine wants done.
enum WorkerAction {
    /// Receive messages, waiting for the first.
    case receive(queue: Int, count: Int, wait: Duration)
    /// Run a message's job.
    case run(LeaseID, Delivery, queue: Int)
    /// Renew leases.
    case extend([LeaseID], [Delivery], queue: Int, by: Duration)
    /// Settle a message.
    case settle(LeaseID, Delivery, Settlement, queue: Int)
    /// Cancel a job's task.
    case cancel(LeaseID, CancellationReason)
    /// Give up the receives that are under way.
    case cancelReceives
    /// Ask whether a queue holds nothing more.
    case checkEmptiness(queue: Int)
    /// Send what was collected into batches so far.
    case flush
    /// Say that a job went on although it was cancelled, and is left behind.
    case reportBlocked(LeaseID, Delivery)
    /// Everything is done, or patience is at its end.
    case finish(unsettled: Int)
}
