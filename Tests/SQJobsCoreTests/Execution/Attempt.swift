import SQJobsCore
import SQJobsTesting

/// One delivery of a job and what an execution makes of it.
struct Attempt {
    let log = EventLog()
    let logs = LogRecorder()
    let clock = ManualClock()
    var middleware: [any ExecutionMiddleware] = []
    var capabilities = QueueCapabilities()
    var receiveCount = 1
    var body = #"{"id":"job-1","name":"probe","args":[1,2,3],"kwargs":{}}"#
    var attributes: [String: String] = [:]

    /// Runs a job that is made by an expression.
    @discardableResult
    func run<J: JobProtocol>(
        _ make: @autoclosure @escaping @Sendable () -> J, lease: ScriptedLease? = nil
    ) async -> (outcome: JobOutcome?, lease: ScriptedLease) {
        let lease = lease ?? ScriptedLease(log)
        let execution = Execution(
            jobs: JobRegistry([RegisteredJob(make)]), middleware: middleware, logger: logs.logger,
            clock: clock.jobClock)
        let delivery = Delivery(
            messageID: "m-1", receipt: "r-1", queue: "q", body: body, attributes: attributes,
            receiveCount: receiveCount, sentAt: clock.now)
        return (await execution.run(delivery, on: capabilities, lease), lease)
    }
}
