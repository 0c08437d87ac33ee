import Foundation
import Hummingbird
import SQJobsResults

/// The shop's pages. It is given ways to a broker and to results, not those themselves: they are connected when the first
/// order comes, and one that cannot be reached is asked again for the next.
public struct Shop: Sendable {
    private let broker: @Sendable () async throws -> any Broker
    private let results: @Sendable () async throws -> Results
    private let folder: TicketFolder
    private let clock: JobClock

    /// Makes a shop.
    ///
    /// - Parameters:
    ///   - broker: Where orders are enqueued; it records that they wait.
    ///   - results: What became of them.
    ///   - folder: Where the tickets are.
    ///   - clock: What tells the time.
    public init(
        broker: @escaping @Sendable () async throws -> any Broker,
        results: @escaping @Sendable () async throws -> Results, folder: TicketFolder, clock: JobClock = .system
    ) {
        self.broker = broker
        self.results = results
        self.folder = folder
        self.clock = clock
    }

    /// How large a form may be, in bytes.
    static let largestForm = 8_192

    /// What the shop answers to.
    var router: Router<BasicRequestContext> {
        let router = Router(options: .autoGenerateHeadEndpoints)
        router.add(middleware: SafeHeaders())
        router.add(middleware: ProblemPages())
        router.get("/") { _, _ in Response.page(.form()) }
        router.post("/tickets") { request, _ in try await order(request) }
        router.get("/tickets/:id") { _, context in
            Response.page(.job(try await view(context.parameters.require("id"))))
        }
        router.get("/tickets/:id/pdf") { _, context in try await tickets(context.parameters.require("id")) }
        router.get("/jobs/:id") { _, context in try Response.json(try await view(context.parameters.require("id"))) }
        router.get("/assets/shop.css") { _, _ in asset(PackageResources.shop_css, "text/css; charset=utf-8") }
        router.get("/assets/shop.js") { _, _ in asset(PackageResources.shop_js, "text/javascript; charset=utf-8") }
        return router
    }

    /// Enqueues what the form asks for, and leads to the page that shows how far it is.
    private func order(_ request: Request) async throws -> Response {
        let body = try await request.body.collect(upTo: Self.largestForm)
        guard let form = try? URLEncodedFormDecoder().decode(TicketForm.self, from: String(buffer: body)) else {
            throw Problem.unreadableForm
        }
        switch form.order() {
        case .failure(let faults):
            return Response.page(.form(form, faults: faults.byField), .unprocessableContent)
        case .success(let order):
            let ticket = try await broker().enqueue(PrintTickets.self, order)
            return Response(status: .seeOther, headers: [.location: "/tickets/\(ticket.id)"])
        }
    }

    private func view(_ id: String) async throws -> JobView {
        try JobView(try await status(of: id), at: clock.now())
    }

    /// The PDF; the job's page as long as there is none.
    private func tickets(_ id: String) async throws -> Response {
        let status = try await status(of: id)
        guard status.state == .success else {
            return Response(status: .seeOther, headers: [.location: "/tickets/\(status.id)"])
        }
        guard let file = try folder.file(for: status.id) else { throw Problem.removed }
        let order = try status.output(as: PrintedTickets.self)
        var response = Response.content(ByteBuffer(bytes: file), "application/pdf")
        response.headers[.contentDisposition] = "attachment; filename=\"tickets-\(order.number).pdf\""
        return response
    }

    /// What is known of an order. The store may know other jobs, which are nobody's business here.
    private func status(of id: String) async throws -> JobStatus {
        guard UUID(uuidString: id) != nil, let status = try await results().status(of: id),
            status.name == PrintTickets.name
        else { throw Problem.unknownJob }
        return status
    }

    private func asset(_ bytes: [UInt8], _ type: String) -> Response {
        var response = Response.content(ByteBuffer(bytes: bytes), type)
        response.headers[.cacheControl] = "no-cache"
        return response
    }
}
