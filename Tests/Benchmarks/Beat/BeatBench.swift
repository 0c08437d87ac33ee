import Foundation
import SQJobsPostgres
import SQJobsSQLite

/// Measures beaters; a line of JSON a run.
///
///     beat-bench tick STORE SCHEDULES BEATS        milliseconds of a beat at which 100 of so many schedules are due
///     beat-bench firings STORE COUNT               firings a second, from schedules that are due to jobs on the queue
///     beat-bench sends STORE COUNT                 the same jobs enqueued by hand, 500 in a call
///     beat-bench lateness STORE SCHEDULES SECONDS  milliseconds from the second that so many schedules name to their
///                                                  jobs' being on the queue
///
/// STORE is `sqlite:PATH` or `postgresql://…`, empty; it is the broker too. Tables are made.
@main
struct BeatBench {
    static func main() async throws {
        let arguments = Array(CommandLine.arguments.dropFirst())
        guard arguments.count >= 3, let count = Int(arguments[2]) else { throw Usage() }
        let home = try await Home(arguments[1])
        let figures: [String: Double]
        switch (arguments[0], arguments.count > 3 ? Int(arguments[3]) : nil) {
        case ("tick", let beats?): figures = try await Ticking(home: home, schedules: count).figures(of: beats)
        case ("lateness", let seconds?):
            figures = try await Firings(home: home).lateness(of: count, for: seconds)
        case ("firings", nil): figures = try await Firings(home: home).rate(of: count)
        case ("sends", nil): figures = try await Firings(home: home).rateByHand(of: count)
        default: throw Usage()
        }
        await home.store.shutdown()
        print(String(decoding: try JSONEncoder().encode(figures), as: UTF8.self))
    }

    struct Usage: Error, CustomStringConvertible {
        let description =
            "usage: beat-bench tick STORE SCHEDULES BEATS, beat-bench firings|sends STORE COUNT,"
            + " beat-bench lateness STORE SCHEDULES SECONDS"
    }
}

/// A database with its tables and a queue.
struct Home {
    static let queue: QueueName = "bench"
    static let job = "tick"

    let store: any ScheduleStore
    let broker: any Broker

    init(_ url: String) async throws {
        if url.hasPrefix("sqlite:") {
            let sqlite = try SQLiteStore(path: String(url.dropFirst("sqlite:".count)))
            try await sqlite.migrate()
            (store, broker) = (sqlite, sqlite.broker)
        } else {
            let postgres = try await PostgresStore(url: url)
            try await postgres.migrate()
            (store, broker) = (postgres, postgres.broker)
        }
        try await broker.administration?.create(Self.queue, QueueSettings())
    }

    /// Adds schedules, all of them due next at one time.
    func add(_ names: [String], _ expression: CronExpression, at date: Date) async throws {
        for first in stride(from: 0, to: names.count, by: 5_000) {
            let drafts = try names[first..<min(first + 5_000, names.count)].map { name in
                ScheduleDraft(try Schedule(name, job: Self.job, queue: Self.queue, expression), nextAt: date)
            }
            _ = try await store.add(drafts)
        }
    }
}
