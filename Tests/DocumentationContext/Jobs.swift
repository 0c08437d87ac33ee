public import SQJobsCommands

/// The jobs that pages speak of without showing them; a page that shows its own means that one.
public let jobs = JobRegistry {
    AdderJob()
    SendTicket()
    RenderInvoice()
    Nightly()
}

/// Adds numbers.
public final class AdderJob: Job<[Int], Int> {
    override public class var name: String { "adder_job" }
    override public class var queue: QueueName { "my_queue" }

    override public func run(_ numbers: [Int]) async throws -> Int {
        numbers.reduce(0, +)
    }
}

/// Sends a ticket, if there is such an order.
public final class SendTicket: Job<SendTicket.Parameters, Void> {
    /// What the job takes.
    public struct Parameters: Codable, Sendable {
        /// The order's number; none is below 1.
        public var order: Int
        /// Where the ticket goes.
        public var email: String

        /// Makes parameters.
        public init(order: Int, email: String) {
            self.order = order
            self.email = email
        }
    }

    override public class var name: String { "send_ticket" }
    override public class var queue: QueueName { "tickets" }
    override public class var maximumAttempts: Int? { 5 }

    override public func run(_ parameters: Parameters) async throws {
        guard parameters.order > 0 else { throw Discard("there is no such order") }
    }
}

/// What an invoice is made from.
public struct Order: Codable, Sendable {
    /// How many lines it has.
    public var lines: Int

    /// Makes an order.
    public init(lines: Int) {
        self.lines = lines
    }
}

/// What ``RenderInvoice`` returns.
public struct Invoice: Codable, Sendable {
    /// How many pages it has.
    public var pages: Int

    /// Makes an invoice.
    public init(pages: Int) {
        self.pages = pages
    }
}

/// A job whose result is kept.
public final class RenderInvoice: ResultJob<Order, Invoice> {
    override public class var name: String { "render_invoice" }
    override public class var queue: QueueName { "invoices" }

    override public func run(_ order: Order) async throws -> Invoice {
        context.progress(0.4, "drawing the table")
        return Invoice(pages: order.lines / 40 + 1)
    }
}

/// A periodic job.
public final class Nightly: PeriodicJob {
    override public class var name: String { "nightly" }
    override public class var queue: QueueName { "reports" }
    override public class var schedule: CronExpression { "1 0 * * *" }
    override public class var timeZone: String { "Europe/Madrid" }

    override public func run(_ tick: Tick) async throws {}
}
