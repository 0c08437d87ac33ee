import SQJobsCommands

/// The blocks of topics/discovery.md.
enum DiscoveryPage {
    final class SendTicket: Job<Int, Void> {
        private let mailer: any Mailer

        init(mailer: any Mailer) {
            self.mailer = mailer
        }
    }

    static func registering(_ app: inout Application, _ mailer: any Mailer) {
        app.jobs = JobRegistry {
            JobRegistry.ticketShop
            SendTicket(mailer: mailer)  // needs something, so it is made by hand
        }
    }
}

extension JobRegistry {
    /// As the plugin writes it.
    fileprivate static var ticketShop: JobRegistry { JobRegistry() }
}
