import Foundation
import Hummingbird
import HummingbirdTesting
import Logging
import SQJobsSQLite

@testable import TicketShop

/// A shop on a real SQLite file, whose orders wait until a test runs a worker.
struct SQLiteShop: Sendable {
    let folder: TemporaryFolder
    let tickets: TicketFolder
    let store: SQLiteStore
    let broker: any Broker
    let jobs: JobRegistry
    let press = Press()
    let shop: Shop

    init() async throws {
        folder = try TemporaryFolder()
        tickets = TicketFolder(path: folder.path("tickets"))
        store = try SQLiteStore(path: folder.path("jobs.sqlite"))
        try await store.migrate()
        jobs = JobRegistry { [tickets, press] in
            PrintTickets(folder: tickets, clock: press.clock)
            RemoveOldTickets(folder: tickets)
        }
        var broker: any Broker = store.broker
        try await broker.administration?.create(PrintTickets.queue, QueueSettings())
        broker.enqueueMiddleware.append(EnqueueRecording(store, jobs: jobs))
        self.broker = broker
        shop = Shop(broker: { [broker] in broker }, results: { [store] in Results(store) }, folder: tickets)
    }

    /// Asks the shop over HTTP.
    func visit<Value: Sendable>(_ body: @Sendable (any TestClientProtocol) async throws -> Value) async throws -> Value
    {
        try await Application(router: shop.router, logger: Self.silent).test(.router, body)
    }

    /// Does something while a worker prints.
    func printing<Value: Sendable>(_ body: @Sendable () async throws -> Value) async throws -> Value {
        let worker = Worker(
            broker: broker, queues: [WorkerQueue(PrintTickets.queue)], jobs: jobs,
            middleware: .standard + [ExecutionRecording(store, jobs: jobs)], logger: Self.silent)
        return try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await worker.run() }
            defer { group.cancelAll() }
            return try await body()
        }
    }

    private static let silent = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
}

extension TestClientProtocol {
    /// Sends the form, with text as it was typed.
    func order(_ number: String, _ holder: String = "Ada", _ count: String = "2") async throws -> TestResponse {
        let fields = [("number", number), ("holder", holder), ("count", count)]
        let body = fields.map { "\($0)=\($1.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? "")" }
        return try await post(body.joined(separator: "&"))
    }

    /// Sends a body as a form.
    func post(_ body: String) async throws -> TestResponse {
        try await execute(
            uri: "/tickets", method: .post, headers: [.contentType: "application/x-www-form-urlencoded"],
            body: ByteBuffer(string: body))
    }

    /// Orders tickets, and returns the job's id.
    func ordered(_ number: String, _ holder: String = "Ada", _ count: String = "2") async throws -> String {
        let answer = try await order(number, holder, count)
        let location = answer.headers[.location] ?? ""
        return String(location.split(separator: "/").last ?? "")
    }

    func get(_ uri: String) async throws -> TestResponse {
        try await execute(uri: uri, method: .get)
    }

    /// What the page's script is told of a job.
    func view(of id: String) async throws -> JobView {
        try JSONDecoder().decode(JobView.self, from: Data((try await get("/jobs/\(id)")).body.readableBytesView))
    }

    /// Waits for a job to come to a stage.
    @discardableResult
    func view(of id: String, at stage: JobView.Stage) async throws -> JobView {
        try await eventually("\(stage)") {
            try await view(of: id)
        } until: {
            $0.stage == stage
        }
    }
}

extension TestResponse {
    var text: String { String(buffer: body) }
}
