import ArgumentParser
import SQJobsCommands
import ServiceLifecycle
import TicketShop

/// `webapp serve`: the shop's pages, and beside them, unless it is told otherwise, a worker and a beater.
struct ServeCommand: AppCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "Serve the ticket shop's pages, and run its jobs.",
        discussion: """
            Needs a store, which `migrate` prepares. Runs until SIGTERM or SIGINT: then no further request is taken, and \
            running jobs may finish. A second signal skips the wait.

            Examples:
              serve                   pages, worker and beater in one process
              serve --no-worker       pages alone, beside `worker` and `beater` elsewhere
            """)

    @Option(help: ArgumentHelp("The address to listen on.", valueName: "address"))
    var host = "127.0.0.1"

    @Option(help: ArgumentHelp("The port to listen on; 0 for any that is free.", valueName: "number"))
    var port = 8080

    @Flag(inversion: .prefixedNo, help: "Run a worker and a beater in this process too.")
    var worker = true

    @OptionGroup var options: GlobalOptions

    func run(_ app: Application) async throws {
        let shop = Shop(
            broker: { try await app.broker() }, results: { try await app.results() }, folder: WebApp.folder(app))
        let server = ShopServer(shop, host: host, port: port, logger: app.logger)
        // The last is stopped first: the server takes no more orders, jobs finish, and then the beater ends.
        let companions: [any Service] = worker ? [try await app.beater(), try await app.worker()] : []
        try await app.serve(server, with: companions)
    }
}
