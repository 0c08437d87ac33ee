import ArgumentParser
import SQJobsDiscovery

/// `sqjobs-discover new-job`: writes the class of a new job, and its test. The plugin NewJob fills in the target.
struct NewJobCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "new-job", abstract: "Writes the class of a new job, and its test, into a target.",
        usage: "swift package new-job NAME [--target TARGET] [--queue QUEUE] [--result TYPE] [--schedule CRON]"
            + " [--time-zone ZONE]")

    @Argument(help: "The class's name, such as SendTicket.") var name: String
    @Option(help: "The queue that it is sent to; sqjobs unless given.") var queue: String?
    @Option(help: "The type that it returns, which is kept where there is a store.") var result: String?
    @Option(help: "When it is enqueued, as a cron expression: \"1 0 * * *\".") var schedule: String?
    @Option(help: "The time zone of the schedule, such as Europe/Madrid; UTC unless given.") var timeZone: String?
    @Option(help: "The target; the only one that depends on SQJobs unless given.") var target: String

    @Option(help: .hidden) var module: String
    @Option(help: .hidden) var directory: String
    @Option(help: .hidden) var testDirectory: String?
    @Option(help: .hidden) var dependency: [String] = []
    @Option(help: .hidden) var source: [String] = []
    @Flag(help: .hidden) var executable = false

    func run() throws {
        let job = try NewJob(name, queue: queue, result: result, schedule: schedule, timeZone: timeZone)
        let files = NewJobFiles(
            target: target, module: module, directory: directory, testDirectory: testDirectory,
            sources: try source.map(SourceFile.read), dependencies: Set(dependency), isExecutable: executable)
        for line in try files.write(job) { print(line) }
    }
}
