import Logging
import SQJobsPostgres

extension TestServer {
    /// A schema that nobody else uses.
    func freshSchema(pool: Int = 4) -> String {
        "\(url)?schema=\(freshName())&pool=\(pool)"
    }

    /// Lends a store in a schema of its own, and shuts it down.
    func withStore<Result>(
        pool: Int = 4, isMigrated: Bool = true, _ body: (PostgresStore) async throws -> Result
    ) async throws -> Result {
        try await withStore(at: freshSchema(pool: pool), isMigrated: isMigrated, logger: .quiet, body)
    }

    /// Lends a store, and shuts it down.
    func withStore<Result>(
        at url: String, isMigrated: Bool = true, logger: Logger = .quiet,
        _ body: (PostgresStore) async throws -> Result
    ) async throws -> Result {
        let store = try await PostgresStore(url: url, logger: logger)
        do {
            if isMigrated { try await store.migrate() }
            let result = try await body(store)
            await store.shutdown()
            return result
        } catch {
            await store.shutdown()
            throw error
        }
    }
}
