import ArgumentParser
import SQJobsCore

/// The question that comes before something that cannot be undone.
struct Confirmation: ParsableArguments {
    @Flag(help: "Do not ask.")
    var yes = false

    /// Goes on only if `--yes` was given or somebody at a terminal says yes.
    ///
    /// - Parameters:
    ///   - deed: What is about to be done to the queue: “Delete all messages of”.
    ///   - queue: The queue; one that does not exist is an error before anything is asked.
    /// - Throws: ``SQJobsError`` if there is nobody to ask; `ExitCode` if the answer is no.
    func require(
        _ deed: String, _ queue: QueueName, _ administration: any QueueAdministration, _ console: Console
    ) async throws {
        let statistics = try await administration.statistics(of: queue)
        guard !yes else { return }
        guard console.inputIsTerminal else {
            throw SQJobsError(
                .invalidConfiguration, "There is nobody to ask whether that is meant: add --yes if it is.", queue: queue
            )
        }
        let question =
            "\(deed) the queue \(queue) (\(statistics.waiting) waiting, \(statistics.inFlight) in flight,"
            + " \(statistics.delayed) delayed)?"
        guard console.confirms(question) else {
            console.error.print("Nothing was deleted.")
            throw ExitCode.failure
        }
    }
}
