/// A store that a backend opened, and what its adapter declares that it can be used for.
///
/// ```swift
/// let store = try SQLiteStore(path: path)
/// return BackendStore(store).serving(.results, with: store)
/// ```
public struct BackendStore: Sendable {
    /// The store, to be migrated and shut down.
    public let store: any JobStore
    private var contracts: [String: any Sendable] = [:]

    /// Takes a store, for no use yet.
    ///
    /// - Parameter store: The store.
    public init(_ store: any JobStore) {
        self.store = store
    }

    /// Declares a use.
    ///
    /// - Parameters:
    ///   - use: The use.
    ///   - contract: What keeps the use's contract: the store itself, or a part of it.
    /// - Returns: The store with that use among its uses.
    public func serving<Contract>(_ use: StoreUse<Contract>, with contract: Contract) -> BackendStore {
        var declared = self
        declared.contracts[use.name] = contract
        return declared
    }

    /// What serves a use.
    ///
    /// - Parameter use: The use.
    /// - Returns: What keeps its contract; `nil` if the adapter declared none.
    public subscript<Contract>(use: StoreUse<Contract>) -> Contract? {
        contracts[use.name] as? Contract
    }
}
