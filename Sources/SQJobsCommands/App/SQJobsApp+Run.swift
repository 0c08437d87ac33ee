import ArgumentParser
import Logging
import SQJobsCore
import SQJobsResults

extension SQJobsApp {
    /// Carries out one command.
    ///
    /// - Parameters:
    ///   - arguments: The command's name and what follows it.
    ///   - context: Where it reads and writes.
    /// - Returns: The exit code.
    static func run(_ arguments: [String], _ context: CommandContext) async -> Int32 {
        do {
            try await perform(try await RootCommand<Self>.asyncParseAsRoot(arguments), context)
            return ExitCode.success.rawValue
        } catch {
            return report(error, context.console)
        }
    }

    private static func perform(_ command: any ParsableCommand, _ context: CommandContext) async throws {
        switch command {
        case let command as any AppCommand:
            try await perform(command, context)
        case let command as any ConsoleCommand:
            try await command.run(context)
        case var command as any AsyncParsableCommand:
            try await command.run()
        default:
            var command = command
            try command.run()
        }
    }

    private static func perform(_ command: any AppCommand, _ context: CommandContext) async throws {
        let settings = Settings(context.environment)
        let level = try command.options.logLevel ?? settings.logLevel() ?? .info
        let url = try BackendURL.broker(command.options.broker ?? settings.broker, among: backends)
        var app = Application(context, settings, url, among: backends, logger(level, context))
        let result: Result<Void, any Error>
        do {
            try await configure(&app)
            try app.jobs.validate()
            try await app.settleStore(command.options.store ?? settings.store)
            result = .success(try await command.run(app))
        } catch {
            result = .failure(error)
        }
        await app.connections.shutdown()
        try result.get()
    }

    private static func logger(_ level: Logger.Level, _ context: CommandContext) -> Logger {
        var logger: Logger
        if let makeHandler = context.makeLogHandler {
            logger = Logger(label: "sqjobs", factory: makeHandler)
        } else {
            bootstrapLogging(level: level)
            logger = Logger(label: "sqjobs")
        }
        logger.logLevel = level
        return logger
    }

    /// Prints why a command ended, unless it said so itself: help to standard output, errors to standard error.
    private static func report(_ error: any Error, _ console: Console) -> Int32 {
        if let error = error as? SQJobsError {
            console.error.print("Error: \(error.message)")
            return error.isWrongUse ? ExitCode.validationFailure.rawValue : ExitCode.failure.rawValue
        }
        let code = RootCommand<Self>.exitCode(for: error).rawValue
        let text = RootCommand<Self>.fullMessage(for: error)
        if !text.isEmpty {
            (code == ExitCode.success.rawValue ? console.output : console.error).print(text)
        }
        return code
    }
}

extension SQJobsError {
    /// Whether whoever called the command can put it right by calling it differently.
    fileprivate var isWrongUse: Bool {
        [.invalidConfiguration, .unknownJob, .invalidArguments, .unstorable, .unknownSchedule, .duplicateSchedule]
            .contains(code)
    }
}
