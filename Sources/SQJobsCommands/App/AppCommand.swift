public import ArgumentParser

/// A command that is given the configured app; one of an app's own is listed in ``SQJobsApp/commands``.
///
/// ```swift
/// struct Backlog: AppCommand {
///     @OptionGroup var options: GlobalOptions
///
///     func run(_ app: Application) async throws {
///         let statistics = try await app.broker().administration?.statistics(of: "my_queue")
///         print(statistics?.waiting ?? 0)
///     }
/// }
/// ```
public protocol AppCommand: AsyncParsableCommand {
    /// The options that every command has; declare them as an `@OptionGroup`.
    var options: GlobalOptions { get }

    /// Does what the command is for.
    ///
    /// - Parameter app: The app, after ``SQJobsApp/configure(_:)``.
    /// - Throws: Whatever the command fails with. An ``SQJobsError`` is printed as its one sentence; argument-parser's
    ///   `ValidationError` and `ExitCode` keep their meaning.
    func run(_ app: Application) async throws
}

/// A command that needs no app.
protocol ConsoleCommand: AsyncParsableCommand {
    func run(_ context: CommandContext) async throws
}
