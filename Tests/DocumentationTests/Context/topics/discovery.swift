import SQJobsCommands

extension JobRegistry {
    /// As the plugin writes it.
    static var ticketShop: JobRegistry { JobRegistry() }
}

protocol Mailer: Sendable {}

struct Postbox: Mailer {}

let mailer: any Mailer = Postbox()

final class SendTicket: Job<Int, Void> {
    private let mailer: any Mailer

    init(mailer: any Mailer) {
        self.mailer = mailer
    }
}
