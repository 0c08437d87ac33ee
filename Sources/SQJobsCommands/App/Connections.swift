import SQJobsCore

/// What a command is connected to: each URL when it is first asked for, once, however many ask.
///
/// A database that is broker and store is opened once for both.
actor Connections {
    private typealias Opening = Task<BackendConnection, any Error>

    private let environment: [String: String]
    private let console: Console
    private var remark: (url: BackendURL, text: String)?
    private var opened: [(url: String, opening: Opening)] = []
    private var checked: Set<String> = []

    init(environment: [String: String], console: Console) {
        self.environment = environment
        self.console = console
    }

    /// Says something to people once a URL is connected to.
    func remark(_ text: String, on url: BackendURL) {
        remark = (url, text)
    }

    /// What the URL names, whatever version its schema has.
    func connection(to url: BackendURL) async throws -> BackendConnection {
        if let (_, opening) = opened.first(where: { $0.url == url.text }) { return try await opening.value }
        let opening = Opening { [environment] in try await url.connect(environment) }
        opened.append((url.text, opening))
        do {
            let connection = try await opening.value
            if let remark, remark.url.text == url.text {
                console.error.print(console.error.style(remark.text, .faint))
                self.remark = nil
            }
            return connection
        } catch {
            // What cannot be reached now may be there when the next job is enqueued.
            opened.removeAll { $0.url == url.text }
            throw error
        }
    }

    /// What the URL names, whose schema, if it has one, is this program's.
    func checkedConnection(to url: BackendURL) async throws -> BackendConnection {
        let connection = try await connection(to: url)
        guard let store = connection.store, !checked.contains(url.text) else { return connection }
        try await store.requireSchema()
        checked.insert(url.text)
        return connection
    }

    /// The broker that the URL names.
    func broker(at url: BackendURL) async throws -> any Broker {
        guard let broker = try await checkedConnection(to: url).broker else {
            throw SQJobsError(.unsupported, "What \(url) names is no broker: name another with --broker.")
        }
        return broker
    }

    /// Lets everything go: brokers first, for they may still be sending what a store has recorded.
    func shutdown() async {
        var connections: [BackendConnection] = []
        for (_, opening) in opened {
            if let connection = try? await opening.value { connections.append(connection) }
        }
        opened = []
        for connection in connections { await connection.broker?.shutdown() }
        for connection in connections { await connection.store?.shutdown() }
    }
}
