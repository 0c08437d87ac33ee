public import Logging
public import SQJobsCore
public import SQJobsPeriodic
public import SQJobsResults
public import ServiceLifecycle

/// What an app is made of, as its commands need it: ``SQJobsApp/configure(_:)`` fills it in.
///
/// Nothing is connected until somebody asks for the ``broker()``, so that commands which need none work without one. A
/// job that enqueues others is best given the app itself and asks it for the broker when it runs:
///
/// ```swift
/// static func configure(_ app: inout Application) async throws {
///     let connected = app
///     app.jobs = JobRegistry { ImportJob(broker: connected.broker) }
/// }
/// ```
public struct Application: Sendable {
    /// The jobs that the app knows.
    public var jobs = JobRegistry()
    /// What each attempt passes through, outermost first; `.standard` unless changed.
    public var middleware: [any ExecutionMiddleware] = .standard
    /// What an enqueued job passes through on its way to the queue, outermost first; `.standard` unless changed.
    public var enqueueMiddleware: [any EnqueueMiddleware] = .standard
    /// The URL of the store when neither `--store` nor `SQJOBS_STORE` names one. Unless set, a broker that is a database is
    /// the store too, and with any other broker there is none.
    public var defaultStore: String?
    /// What is recorded of jobs that store their result, where a store is named.
    public var recording = RecordingOptions()
    /// What runs beside the worker, in the same service group: started before it, stopped after it.
    public var services: [any Service] = []
    /// Where workers and commands log to.
    public var logger: Logger
    /// The process's environment.
    public let environment: [String: String]

    let console: Console
    let clock: JobClock
    let settings: Settings
    let brokerURL: BackendURL
    let backends: [any Backend.Type]
    let connections: Connections
    let stores: StoreConnection
    let stopSignals: @Sendable () async -> AsyncStream<String>

    init(
        _ context: CommandContext, _ settings: Settings, _ url: BackendURL, among backends: [any Backend.Type],
        _ logger: Logger
    ) {
        self.logger = logger
        self.settings = settings
        environment = context.environment
        console = context.console
        clock = context.clock
        stopSignals = context.stopSignals
        brokerURL = url
        self.backends = backends
        connections = Connections(environment: context.environment, console: context.console)
        stores = StoreConnection(connections)
    }

    /// How much is logged.
    public var logLevel: Logger.Level {
        get { logger.logLevel }
        set { logger.logLevel = newValue }
    }

    /// The broker that `--broker`, `SQJOBS_BROKER` or the first backend names, connected when it is first asked for. It
    /// is shut down when the command ends.
    ///
    /// - Returns: The broker, with the app's enqueue middleware; where a store is named, it keeps unique keys, records
    ///   jobs whose results are stored, and holds those whose delay is longer than the broker's.
    /// - Throws: ``SQJobsError`` when the backend cannot connect.
    public func broker() async throws -> any Broker {
        let connected = try await connections.broker(at: brokerURL)
        var broker = connected
        broker.enqueueMiddleware =
            enqueueMiddleware + [
                StoreStep { [stores] in try await stores.uniqueness(of: $0, for: connected) },
                StoreStep { [stores] in try await stores.recording(of: $0) },
                StoreStep { [stores] in try await stores.delays(of: $0, for: connected) },
            ]
        return broker
    }

    /// What became of jobs, as the store knows it that `--store`, `SQJOBS_STORE` or ``defaultStore`` names. It is opened
    /// when it is first asked for, once the app is configured, and closed when the command ends.
    ///
    /// - Throws: ``SQJobsError``: `invalidConfiguration` when no store is named, `unsupported` when it keeps no results,
    ///   `schemaTooOld` when it needs to be migrated, `storeUnavailable`.
    public func results() async throws -> Results {
        Results(try await stores.results(), clock: clock)
    }

    /// The schedules that beaters fire, kept in the same store.
    ///
    /// - Throws: ``SQJobsError``, as ``results()``.
    public func schedules() async throws -> Schedules {
        Schedules(try await stores.schedules(), clock: clock)
    }

    /// The broker's calls for looking after queues.
    ///
    /// - Throws: ``SQJobsError`` with code `unsupported` if it has none.
    func administration() async throws -> any QueueAdministration {
        guard let administration = try await broker().administration else {
            throw SQJobsError(
                .unsupported, "The broker \(brokerURL) has no queues to look after: name another with --broker.")
        }
        return administration
    }

    /// Another broker by its URL; the app's own if there is none.
    ///
    /// - Throws: ``SQJobsError`` with code `invalidConfiguration` when it cannot be used.
    func brokerURL(_ url: String?) throws -> BackendURL {
        try url.map { try BackendURL.broker($0, among: backends) } ?? brokerURL
    }

    /// Names the store, once the app is configured.
    ///
    /// - Parameter url: The URL that the command or the environment gives.
    /// - Throws: ``SQJobsError`` with code `invalidConfiguration` when it cannot be used.
    func settleStore(_ url: String?) async throws {
        let named = try (url ?? defaultStore).map { try BackendURL($0, of: .store, among: backends) }
        let store = named ?? (brokerURL.names(.store) ? brokerURL : nil)
        let usage = try? BackendURL.usage(of: .store, among: backends)
        await stores.settle(
            StorePlan(url: store, usage: usage, jobs: jobs, recording: recording, clock: clock, logger: logger))
        guard brokerURL.isDefault, brokerURL.names(.store) else { return }
        let use = store?.text == brokerURL.text ? "broker and store" : "broker"
        await connections.remark("Using \(brokerURL) as \(use); SQJOBS_BROKER names another.", on: brokerURL)
    }
}
