import SQJobsCore
import Synchronization

/// A job that succeeded, before anyone said which type its output has.
struct EagerCompletion {
    let output: any Sendable
    let attempts: Int
}

/// What became of the jobs of one enqueueing, by their message ids: how outputs get past the answers to a send, which
/// have no place for them.
final class EagerCompletions: Sendable {
    private let completions = Mutex<[String: EagerCompletion]>([:])

    func record(_ completion: EagerCompletion, for messageID: String) {
        completions.withLock { $0[messageID] = completion }
    }

    func result<Output>(of ticket: JobTicket<Output>) throws -> EagerResult<Output> {
        let completion = completions.withLock { $0[ticket.messageID] }
        guard let completion else {
            throw SQJobsError(
                .notRun, "The job “\(ticket.name)” was not run: an enqueue middleware answered for it.",
                job: ticket.name,
                queue: ticket.queue)
        }
        guard let output = completion.output as? Output else {
            throw SQJobsError(
                .invalidResponse,
                "The output of the job “\(ticket.name)” is not of type \(Output.self): enqueue the class that is registered"
                    + " under that name, and let middleware keep its output's type.",
                job: ticket.name, queue: ticket.queue)
        }
        return EagerResult(id: ticket.id, output: output, attempts: completion.attempts)
    }
}
