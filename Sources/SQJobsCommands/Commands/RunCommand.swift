import ArgumentParser
import SQJobsCore
import SQJobsEager

/// `manage run`: runs a job in place and prints every step.
struct RunCommand: AppCommand {
    static let configuration = CommandConfiguration(
        commandName: "run",
        abstract: "Run a job here and now, and print every step.",
        discussion: """
            No queue and no broker is needed. The job takes the way that it takes in a worker, with its middleware and \
            hooks; delays are left out, and a further attempt follows at once. Exits with 1 if the job failed.

            Examples:
              run adder_job 1 2 3
              run send_ticket --kwargs '{"order": 7}' --attempts 1
            """)

    @OptionGroup var call: JobCall

    @Option(
        help: ArgumentHelp("How many attempts there are at most. Default: as many as the job has.", valueName: "count"),
        transform: Self.count)
    var attempts: Int?

    @OptionGroup var options: GlobalOptions

    func run(_ app: Application) async throws {
        let job = try app.jobs.job(named: call.name)
        let arguments = try call.arguments(for: job)
        let transcript = RunTranscript(app.console.output, clock: app.clock)
        // The transcript says what log lines about attempts would say again.
        var eager = EagerBroker(
            jobs: app.jobs, middleware: [transcript] + app.middleware.filter { !($0 is ExecutionLogging) },
            enqueueMiddleware: app.enqueueMiddleware, clock: app.clock, logger: app.logger)
        eager.observer = transcript
        eager.attemptLimit = attempts
        do {
            let done = try await eager.enqueue(
                named: call.name, on: job.queue, args: arguments.positional(), kwargs: arguments.keywords())
            transcript.finish(done.output)
        } catch let error as SQJobsError where transcript.isEmpty {
            throw error
        } catch {
            app.console.error.print("Error: The job “\(call.name)” failed: \(error)")
            throw ExitCode.failure
        }
    }

    private static func count(_ text: String) throws -> Int {
        guard let count = Int(text), count >= 1 else {
            throw ArgumentFault("write 1 or more.")
        }
        return count
    }
}
