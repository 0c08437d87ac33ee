import SQJobsCore

final class AdderJob: Job<[Int], Int> {
    override class var name: String { "adder_job" }
    override class var queue: QueueName { "my_queue" }
}

final class CleanUp: Job<NoParameters, Void> {}
