import Foundation
import SQJobsResults

/// Draws the tickets of an order into one PDF, says after each how far it is, and leaves the PDF in a folder.
///
/// It may run more than once for one order, as any job: the PDF has the job's id for its name and is put there in one
/// step, so a repeat leaves what the first run left.
public final class PrintTickets: ResultJob<TicketOrder, PrintedTickets> {
    /// Why an order for ``Event/hasSlowHall`` fails at first.
    public struct SeatingPlanBusy: Error, CustomStringConvertible {
        /// For the page that shows it.
        public var description: String { "The hall is just changing its seating plan." }
    }

    private let boxOffice: BoxOffice
    private let folder: TicketFolder
    private let pace: Duration
    private let clock: JobClock

    /// Makes the job.
    ///
    /// - Parameters:
    ///   - boxOffice: What is played, by the orders' numbers.
    ///   - folder: Where the PDF goes.
    ///   - pace: How long one ticket takes, in place of the work that a real one would be.
    ///   - clock: What that time is measured by.
    public init(
        boxOffice: BoxOffice = .example, folder: TicketFolder, pace: Duration = .milliseconds(700),
        clock: JobClock = .system
    ) {
        self.boxOffice = boxOffice
        self.folder = folder
        self.pace = pace
        self.clock = clock
    }

    override public class var name: String { "print_tickets" }
    override public class var queue: QueueName { "tickets" }
    override public class var maximumAttempts: Int? { 3 }
    override public class var retryPolicy: RetryPolicy { .constant(.seconds(5)) }
    override public class var timeout: Duration? { .seconds(120) }

    override public func run(_ order: TicketOrder) async throws -> PrintedTickets {
        guard let event = boxOffice.event(of: order.number) else {
            throw Discard("There is no order \(order.number). Its number is on your confirmation.")
        }
        // The form checks it, but anybody may put a job on a queue.
        guard TicketOrder.counts.contains(order.count) else {
            throw Discard("An order has \(TicketOrder.counts.lowerBound) to \(TicketOrder.counts.upperBound) tickets.")
        }
        var document = PDFDocument(title: "\(event.title), order \(order.number)", pageSize: TicketDrawing.size)
        for ticket in 1...order.count {
            try await clock.sleep(pace)
            if event.hasSlowHall, context.attempt == 1 { throw SeatingPlanBusy() }
            document.append(TicketDrawing(event, order, ticket).page)
            context.progress(Double(ticket) / Double(order.count), "Ticket \(ticket) of \(order.count) is drawn.")
        }
        let file = document.data
        try folder.write(file, for: context.id)
        return PrintedTickets(
            number: order.number, event: event.title, holder: order.holder, count: order.count, size: file.count)
    }
}
