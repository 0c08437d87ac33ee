import Foundation
import SQJobsPeriodic

/// Every five minutes, removes tickets that were printed more than an hour ago.
public final class RemoveOldTickets: PeriodicJob {
    /// For how long tickets can be fetched.
    public static let lifetime = Duration.seconds(3600)

    private let folder: TicketFolder

    /// Makes the job.
    ///
    /// - Parameter folder: Where the tickets are.
    public init(folder: TicketFolder) {
        self.folder = folder
    }

    override public class var name: String { "remove_old_tickets" }
    override public class var queue: QueueName { "tickets" }
    override public class var schedule: CronExpression { "*/5 * * * *" }
    /// The next run removes what a missed one would have.
    override public class var missedFirings: MissedFirings { .skip }

    override public func run(_ tick: Tick) async throws {
        let removed = try folder.removeFiles(olderThan: tick.scheduledAt - TimeInterval(Self.lifetime / .seconds(1)))
        context.logger.info("removed old tickets", metadata: ["count": "\(removed)"])
    }
}
