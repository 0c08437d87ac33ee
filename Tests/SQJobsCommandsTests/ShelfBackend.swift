import SQJobsCommands
import SQJobsTesting

/// Stores of which some cannot be used: `shelf:full` keeps results in memory, `shelf:bare` keeps none, and any other
/// cannot be reached.
enum ShelfBackend: Backend {
    static let schemes = ["shelf"]
    static let parts: Set<BackendPart> = [.store]
    static let defaultURL = "shelf:full"
    static let usage = "shelf:NAME"

    static func connect(url: String, environment: [String: String]) async throws -> BackendConnection {
        let store = InMemoryResultStore()
        let name = url.prefix { $0 != "?" }
        if name.hasSuffix("full") { return BackendConnection(store: store).serving(.results, with: store) }
        if name.hasSuffix("bare") { return BackendConnection(store: store) }
        throw SQJobsError(.storeUnavailable, "The shelf cannot be reached: try again later.")
    }
}
