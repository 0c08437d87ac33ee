import ArgumentParser
import SQJobsCore

/// A job and its arguments, as `enqueue` and `run` take them.
struct JobCall: ParsableArguments {
    @Argument(help: "The job's name.")
    var name: String

    @Argument(
        help: """
            The positional arguments. Each is JSON if it reads as JSON (3, true, [1,2], '"3"'), and a string else. Put \
            -- before them if one begins with a dash.
            """)
    var args: [String] = []

    @Option(
        help: ArgumentHelp("The keywords: a JSON object.", valueName: "json"), transform: JSONArgument.keywords)
    var kwargs: [String: JSONValue] = [:]

    /// The arguments as they travel, checked against the parameters of the job if it is registered.
    ///
    /// - Throws: ``SQJobsError`` with code `invalidArguments` when they do not fit.
    func arguments(for job: RegisteredJob?) throws -> JobArguments {
        let arguments = try JobArguments(args: args.map(JSONArgument.value), kwargs: kwargs)
        if let job { try Self.check(arguments, job.type) }
        return arguments
    }

    /// Makes sure that arguments fit a job.
    ///
    /// - Throws: ``SQJobsError`` with code `invalidArguments` when they do not.
    static func check<J: JobProtocol>(_ arguments: JobArguments, _ job: J.Type) throws {
        _ = try arguments.decode(J.Parameters.self, for: J.name)
    }
}
