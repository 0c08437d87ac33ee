import SQJobsCore

/// Greets somebody, and is timed by its base class. Its parameters have names, so they travel as keywords.
public final class GreetingJob: TimedJob<GreetingJob.Parameters, String> {
    /// What the job takes.
    public struct Parameters: Codable, Sendable {
        /// Who is greeted.
        public var name: String
        /// How; “Hello” unless given.
        public var greeting: String?

        /// Says who is greeted, and how.
        public init(name: String, greeting: String? = nil) {
            self.name = name
            self.greeting = greeting
        }
    }

    override public class var name: String { "greeting_job" }
    override public class var queue: QueueName { "my_queue" }

    override public func run(_ parameters: Parameters) async throws -> String {
        "\(parameters.greeting ?? "Hello"), \(parameters.name)!"
    }
}
