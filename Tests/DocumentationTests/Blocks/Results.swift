import SQJobsCommands
import SQJobsSQLite
import SQJobsSQS

struct Order: Codable, Sendable {
    var lines: Int
}

struct Invoice: Codable, Sendable {
    var pages: Int
}

final class RenderInvoice: ResultJob<Order, Invoice> {
    override func run(_ order: Order) async throws -> Invoice {
        context.progress(0.4, "drawing the table")
        return Invoice(pages: order.lines / 40 + 1)
    }
}

final class Reindex: Job<NoParameters, Void>, StoresResult {}  // something else too: its state is kept

func recording(_ broker: inout some Broker, _ jobs: JobRegistry) async throws -> Worker {
    let store = try SQLiteStore(path: "jobs.sqlite")
    try await store.migrate()
    broker.enqueueMiddleware.append(EnqueueRecording(store, jobs: jobs))
    let worker = Worker(
        broker: broker, queues: ["invoices"], jobs: jobs,
        middleware: .standard + [ExecutionRecording(store, jobs: jobs)])
    return worker
}

func looking(_ broker: some Broker, _ store: any ResultStore, _ order: Order) async throws {
    let results = Results(store)
    let ticket = try await broker.enqueue(RenderInvoice.self, order)
    let status = try await results.status(of: ticket.id)  // state, attempt, progress, error, times
    let invoice = try await results.output(of: ticket, timeout: .seconds(30))
    let failed = try await results.list(ResultFilter(states: [.failure], queue: "invoices"))
    _ = (status, invoice, failed)
}

struct Invoicing: SQJobsApp {
    static let backends: [any Backend.Type] = [SQSBackend.self, SQLiteBackend.self]

    static func configure(_ app: inout Application) async throws {
        app.jobs = JobRegistry { RenderInvoice() }
        app.defaultStore = "sqlite:jobs.sqlite"  // where neither --store nor SQJOBS_STORE names one
        app.recording.keepsArguments = true
    }
}
