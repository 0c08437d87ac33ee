import Foundation
import SQJobsPostgres
import SQJobsSQLite

/// A database with its broker and the queue `bench`.
struct Place {
    let broker: any Broker
    let close: @Sendable () async -> Void
    /// The path of the file; `nil` for PostgreSQL.
    let path: String?
    let durability: SQLiteDurability

    static func open(_ url: String) async throws -> Place {
        guard url.hasPrefix("sqlite") else {
            let store = try await PostgresStore(url: url)
            try await store.migrate()
            return try await make(store.broker) { await store.shutdown() }
        }
        let path = String(url.drop { $0 != ":" }.dropFirst())
        let durability = url.hasPrefix("sqlite-full:") ? SQLiteDurability.machine : .processes
        let store = try SQLiteStore(path: path, durability: durability)
        try await store.migrate()
        return try await make(store.broker, path: path, durability) { await store.shutdown() }
    }

    private static func make(
        _ broker: any Broker, path: String? = nil, _ durability: SQLiteDurability = .processes,
        close: @escaping @Sendable () async -> Void
    ) async throws -> Place {
        try await broker.administration?.create("bench", QueueSettings())
        return Place(broker: broker, close: close, path: path, durability: durability)
    }

    /// What the file and its log take on the disk; zero for PostgreSQL, which `run` asks itself.
    var bytes: Int {
        guard let path else { return 0 }
        return ["", "-wal"].reduce(0) { sum, suffix in
            let attributes = try? FileManager.default.attributesOfItem(atPath: path + suffix)
            return sum + (attributes?[.size] as? Int ?? 0)
        }
    }
}
