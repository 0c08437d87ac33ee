import Foundation
import SQJobsTesting
import Testing

@testable import TicketShop

/// These need no server and no file but the tickets' own: a broker in memory, and a clock that is moved on to retries.
@Suite("The shop's jobs")
struct JobTests {
    private let clock = ManualClock()
    private let folder: TemporaryFolder
    private let tickets: TicketFolder
    private let jobs: JobRegistry

    init() throws {
        folder = try TemporaryFolder()
        tickets = TicketFolder(path: folder.path("tickets"))
        jobs = JobRegistry { [tickets] in
            PrintTickets(folder: tickets, pace: .zero)
            RemoveOldTickets(folder: tickets)
        }
    }

    @Test("A slow hall's tickets are printed at the second attempt, five seconds later")
    func slowHall() async throws {
        let broker = try InMemoryBroker(PrintTickets.queue, clock: clock.jobClock)
        let worker = DrainingWorker(broker: broker, jobs: jobs, clock: clock)
        let ticket = try await broker.enqueue(PrintTickets.self, TicketOrder(number: 1003, holder: "Ada", count: 2))
        let attempts = try await worker.drain()
        #expect(attempts.map(\.outcome.label) == ["failure", "success"], "\(attempts)")
        #expect(clock.elapsed >= .seconds(5))
        #expect(try tickets.file(for: ticket.id) != nil)
    }

    @Test("An order that the form would refuse is discarded", arguments: [(4040, 1), (1001, 0), (1001, 13)])
    func discarded(number: Int, count: Int) async throws {
        let broker = try InMemoryBroker(PrintTickets.queue, clock: clock.jobClock)
        let worker = DrainingWorker(broker: broker, jobs: jobs, clock: clock)
        try await broker.enqueue(PrintTickets.self, TicketOrder(number: number, holder: "Ada", count: count))
        let attempts = try await worker.drain()
        #expect(attempts.count == 1, "\(attempts)")
        #expect(attempts.first?.outcome.error is Discard)
    }

    @Test("A job's id that would lead out of the folder is refused", arguments: ["../a", "", "a/b", "a.pdf"])
    func unusableID(id: String) throws {
        #expect(throws: TicketFolder.UnusableID.self) { try tickets.write(Data(), for: id) }
    }

    @Test("Every five minutes tickets that are older than an hour are removed")
    func cleaning() async throws {
        let broker = RecordingBroker(clock: clock.jobClock)
        let beater = ManualBeater(broker: broker, jobs: jobs, clock: clock)
        try await beater.advance(by: .seconds(3600))
        #expect(try broker.enqueued(RemoveOldTickets.self).count == 12, "\(broker)")

        try tickets.write(Data(), for: "a")
        let kept = RemoveOldTickets(folder: tickets)
        try await kept.run(Tick(scheduledAt: Date(timeIntervalSinceNow: 3_590)))
        #expect(try tickets.file(for: "a") != nil)
        try await kept.run(Tick(scheduledAt: Date(timeIntervalSinceNow: 3_610)))
        #expect(try tickets.file(for: "a") == nil)
    }
}
