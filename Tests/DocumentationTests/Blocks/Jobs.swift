import Logging
import SQJobsCore
import SQJobsEager

protocol Mailer: Sendable {
    func send(_ text: String) async throws
}

/// The blocks of topics/jobs.md. Each page's types stand in a scope of their own.
enum JobsPage {
    final class SendTicket: Job<SendTicket.Parameters, Void> {
        struct Parameters: Codable, Sendable {
            var order: Int
            var email: String
        }

        override class var name: String { "send_ticket" }
        override class var queue: QueueName { "mail" }

        override func run(_ parameters: Parameters) async throws {
            context.logger.info("sending a ticket", metadata: ["order": "\(parameters.order)"])
        }
    }

    final class SendReceipt: Job<Int, Void> {
        private let mailer: any Mailer

        init(mailer: any Mailer) {
            self.mailer = mailer
            super.init()
        }

        override func run(_ order: Int) async throws {
            try await mailer.send("receipt of order \(order)")
        }
    }

    class AuditedJob<Parameters: Codable & Sendable, Output: Sendable>: Job<Parameters, Output> {
        override class var queue: QueueName { "audited" }

        override func onExhausted(_ error: any Error) async throws {
            context.logger.critical("an audited job is dead")
        }
    }

    final class CloseAccount: AuditedJob<Int, Void> {
        override func run(_ account: Int) async throws {}
    }

    static func registry(_ mailer: any Mailer) -> JobRegistry {
        let jobs = JobRegistry {
            SendTicket()
            SendReceipt(mailer: mailer)
        }
        return jobs
    }

    static func eager() async throws {
        let broker = EagerBroker { SendTicket() }
        let done = try await broker.enqueue(SendTicket.self, .init(order: 7, email: "ada@example.com"))
        print(done.id, done.attempts)
    }
}
