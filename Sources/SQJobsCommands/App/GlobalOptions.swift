public import ArgumentParser
public import Logging

/// The options that every command has, before its name or after it.
public struct GlobalOptions: ParsableArguments, Sendable {
    /// The broker's URL, if one is given.
    @Option(
        name: .long,
        help: ArgumentHelp("The broker's URL. Default: SQJOBS_BROKER, else the app's own.", valueName: "url"))
    public var broker: String?

    /// The store's URL, if one is given.
    @Option(
        name: .long,
        help: ArgumentHelp(
            "The URL of the store of results and schedules. Default: SQJOBS_STORE, else the app's own, else the broker's if"
                + " it is a database.", valueName: "url"))
    public var store: String?

    /// How much is logged, if that is said.
    @Option(
        name: .long,
        help: ArgumentHelp(
            "How much is logged: trace, debug, info, notice, warning, error or critical. Default: SQJOBS_LOG_LEVEL, else info.",
            valueName: "level"),
        completion: .list(Logger.Level.allCases.map(\.rawValue)), transform: LogLevelArgument.level)
    public var logLevel: Logger.Level?

    /// Makes options of which none is given.
    public init() {}
}
