import SQJobsCommands
import SQJobsTesting

/// Stores of which some cannot be used: `shelf:full` keeps results in memory, `shelf:bare` keeps none, and any other
/// cannot be reached.
enum ShelfBackend: Backend {
    static let schemes = ["shelf"]
    static let parts: Set<BackendPart> = [.store]
    static let defaultURL = "shelf:full"
    static let usage = "shelf:NAME"

    static func store(url: String, environment: [String: String]) async throws -> BackendStore {
        let store = InMemoryResultStore()
        let name = url.prefix { $0 != "?" }
        if name.hasSuffix("full") { return BackendStore(store).serving(.results, with: store) }
        if name.hasSuffix("bare") { return BackendStore(store) }
        throw SQJobsError(.storeUnavailable, "The shelf cannot be reached: try again later.")
    }
}
