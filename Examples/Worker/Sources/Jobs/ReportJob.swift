import SQJobsResults

/// Adds up the sales of some days, and says how far it is. What it returns is kept in a store, for whoever enqueued it.
public final class ReportJob: ResultJob<ReportJob.Parameters, ReportJob.Report> {
    /// What the job takes.
    public struct Parameters: Codable, Sendable {
        /// How many days the report is about.
        public var days: Int

        /// Says how many days the report is about.
        public init(days: Int) {
            self.days = days
        }
    }

    /// What the job returns.
    public struct Report: Codable, Sendable, Equatable {
        /// How many days it is about.
        public var days: Int
        /// What was sold, in cents.
        public var total: Int

        /// Makes a report.
        public init(days: Int, total: Int) {
            self.days = days
            self.total = total
        }
    }

    override public class var name: String { "report_job" }
    override public class var queue: QueueName { "my_queue" }

    override public func run(_ parameters: Parameters) async throws -> Report {
        guard parameters.days >= 1 else { throw Discard("a report is about one day at least") }
        var total = 0
        for day in 1...parameters.days {
            total += try await sales(of: day)
            context.progress(Double(day) / Double(parameters.days), "day \(day)")
        }
        return Report(days: parameters.days, total: total)
    }

    /// Stands for a query that takes a moment.
    private func sales(of day: Int) async throws -> Int {
        try await JobClock.system.sleep(.milliseconds(100))
        return 1_000 + day * 25
    }
}
