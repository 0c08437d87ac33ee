import GRDB
import Logging
import SQJobsPeriodic
import SQJobsSQLite
import ServiceLifecycle
import UnixSignals

final class CloseTheDay: PeriodicJob {
    override class var schedule: CronExpression { "1 0 * * *" }
    override class var timeZone: String { "Europe/Madrid" }

    override func run(_ tick: Tick) async throws {
        context.logger.info("closing", metadata: ["day": "\(tick.scheduledAt)", "late": "\(tick.isLate)"])
    }
}

final class Nightly: ResultJob<Tick, Int>, Scheduled {
    static var schedule: CronExpression { "H 3 * * *" }  // at a minute that follows from the job's name

    override func run(_ tick: Tick) async throws -> Int {
        try await count(tick)
    }
}

extension Nightly {
    private func count(_ tick: Tick) async throws -> Int { tick.arguments.count }
}

final class SendDigest: PeriodicJob {
    override class var schedule: CronExpression { "0 8 * * MON-FRI" }
    override class var missedFirings: MissedFirings { .latest }
    override class var lateness: Duration? { .seconds(4 * 3600) }  // after noon nobody wants it any more

    override func run(_ tick: Tick) async throws {}
}

final class Remind: Job<Int, Void> {
    override func run(_ order: Int) async throws {}
}

func beating(_ broker: some Broker, _ jobs: JobRegistry, _ logger: Logger) async throws {
    let store = try SQLiteStore(path: "jobs.sqlite")
    try await store.migrate()
    let beater = Beater(broker: broker, store: store, jobs: jobs)
    try await ServiceGroup(services: [beater], gracefulShutdownSignals: [.sigterm], logger: logger).run()
}

func scheduling(_ store: SQLiteStore) async throws {
    let schedules = Schedules(store)
    let report = try Schedule(
        "report-es", job: "report", queue: "reports", "0 7 * * *", in: "Europe/Madrid", kwargs: ["country": "ES"])
    try await schedules.add(report)
    try await schedules.change("report-es") { $0.expression = "0 8 * * *" }
    try await schedules.disable("report-es")
    try await schedules.enable("report-es")  // makes up for nothing
    try await schedules.runNow("report-es")
    for status in try await schedules.list() { print(status.schedule.name, status.nextAt ?? "never") }
}

func delaying(_ broker: inout some Broker, _ store: SQLiteStore) async throws {
    broker.enqueueMiddleware.append(OutboxDelays(store, broker))
    try await broker.enqueue(Remind.self, 7, .delay(.seconds(30 * 3600)))
}

func transaction(_ database: DatabasePool, _ store: SQLiteStore) async throws -> String {
    let ticket = try await database.write { db in
        try db.execute(sql: "INSERT INTO orders (number) VALUES (7)")
        return try store.enqueue(Remind.self, 7, in: db)
    }
    return ticket.id
}

func unique(_ broker: inout some Broker, _ store: SQLiteStore) async throws -> Bool {
    broker.enqueueMiddleware.append(UniqueJobs(store))
    let first = try await broker.enqueue(Remind.self, 7, .uniqueKey("remind-7"))
    let second = try await broker.enqueue(Remind.self, 7, .uniqueKey("remind-7"))  // the same id: one is enough
    try await broker.enqueue(Remind.self, 7, .uniqueKey("remind-7", per: .seconds(3600)))
    return first.id == second.id
}
