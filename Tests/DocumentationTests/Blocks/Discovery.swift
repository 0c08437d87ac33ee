import SQJobsCommands

private struct Mailer: Sendable {}

private final class SendTicket: Job<Int, Void> {
    let mailer: Mailer

    init(mailer: Mailer) {
        self.mailer = mailer
    }
}

extension JobRegistry {
    /// As the plugin writes it.
    fileprivate static var ticketShop: JobRegistry { JobRegistry() }
}

private func registering(_ app: inout Application, _ mailer: Mailer) {
    app.jobs = JobRegistry {
        JobRegistry.ticketShop
        SendTicket(mailer: mailer)  // needs something, so it is made by hand
    }
}
