/// Sends mail.
protocol Mailer: Sendable {
    func send(_ text: String) async throws
}

struct Postbox: Mailer {
    func send(_ text: String) async throws {}
}

let mailer: any Mailer = Postbox()
