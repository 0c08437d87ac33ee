public import ArgumentParser
public import Logging
@_exported public import SQJobsCore
@_exported public import SQJobsCron
@_exported public import SQJobsPeriodic
@_exported public import SQJobsResults

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// An app's command line: workers, enqueueing, running a job by hand, and looking after queues and results, from one
/// type.
///
/// ```swift
/// @main
/// struct Manage: SQJobsApp {
///     static let backends: [any Backend.Type] = [SQSBackend.self]
///
///     static func configure(_ app: inout Application) async throws {
///         app.jobs = JobRegistry { AdderJob() }
///     }
/// }
/// ```
/// ```
/// $ manage worker my_queue
/// $ manage enqueue adder_job 1 2 3
/// $ manage --help
/// ```
///
/// A command exits with 0, with 64 when it was used wrongly, and with 1 when it failed; its error is one sentence on
/// standard error.
public protocol SQJobsApp: SendableMetatype {
    /// The backends that the app links. The ``Backend/defaultURL`` of the first that has brokers is the broker when
    /// neither `--broker` nor `SQJOBS_BROKER` names one.
    static var backends: [any Backend.Type] { get }

    /// Commands of the app's own, beside those that every app has; none unless overridden. One that conforms to
    /// ``AppCommand`` is given the configured app.
    static var commands: [any AsyncParsableCommand.Type] { get }

    /// The command's name in help and errors; the executable's unless overridden.
    static var commandName: String { get }

    /// Registers the app's jobs, and whatever else the app wants to have different. Called once, before any command that
    /// has to do with the app; not for `--help` and not for `cron`.
    ///
    /// - Parameter app: The app, with its defaults.
    /// - Throws: Whatever keeps the app from working; the command fails with it.
    static func configure(_ app: inout Application) async throws

    /// Sets up swift-log for the process, once, before ``configure(_:)``. Unless overridden, lines of text go to standard
    /// error; override it in an app that calls `LoggingSystem.bootstrap` itself, which works only once in a process.
    ///
    /// - Parameter level: The level that `--log-level` or `SQJOBS_LOG_LEVEL` asks for; `info` unless given.
    static func bootstrapLogging(level: Logger.Level)
}

extension SQJobsApp {
    /// None.
    public static var commands: [any AsyncParsableCommand.Type] { [] }

    /// The executable's name.
    public static var commandName: String {
        CommandLine.arguments.first?.split(separator: "/").last.map(String.init) ?? "manage"
    }

    /// Lines of text on standard error.
    public static func bootstrapLogging(level: Logger.Level) {
        LoggingSystem.bootstrap { label in
            var handler = StreamLogHandler.standardError(label: label)
            handler.logLevel = level
            return handler
        }
    }

    /// Carries out the command that the process was started with, then ends the process.
    public static func main() async {
        exit(await run(Array(CommandLine.arguments.dropFirst()), .process))
    }
}
