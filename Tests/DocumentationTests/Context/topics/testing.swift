import DocumentationContext
import Foundation
import SQJobsCommands
import SQJobsTesting

final class Hourly: PeriodicJob {
    override class var schedule: CronExpression { "0 * * * *" }

    override func run(_ tick: Tick) async throws {}
}

let clock = ManualClock()
let evening = Date(timeIntervalSince1970: 1_800_000_600)

func checkout(_ order: Int, broker: some Broker) async throws {
    try await broker.enqueue(SendTicket.self, .init(order: order, email: ""), .delay(.seconds(300)))
}
