import ArgumentParser
import SQJobsCommands
import SQJobsPostgres
import SQJobsSQLite
import SQJobsSQS
import TicketShop

/// The shop's command line: `webapp migrate`, `webapp serve`, and the commands that every app has, such as `webapp worker`,
/// `webapp beater` and `webapp queues`.
///
/// The first backend is the default: without any setting the file `sqjobs.sqlite` is broker and store. `SQJOBS_BROKER=sqs:`
/// with `SQJOBS_STORE`, or `SQJOBS_BROKER=postgresql://…` name others.
@main
struct WebApp: SQJobsApp {
    static let backends: [any Backend.Type] = [SQLiteBackend.self, SQSBackend.self, PostgresBackend.self]
    static let commands: [any AsyncParsableCommand.Type] = [ServeCommand.self]

    static func configure(_ app: inout Application) async throws {
        app.jobs = .ticketShop(folder(app))
    }

    /// Where web server and workers keep tickets: `SHOP_TICKETS`, else the folder `tickets`.
    static func folder(_ app: Application) -> TicketFolder {
        TicketFolder(path: app.environment["SHOP_TICKETS"] ?? "tickets")
    }
}
