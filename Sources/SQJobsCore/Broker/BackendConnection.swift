/// What a backend's URL turned out to be: a broker, a store, or both in one database, and what its adapter declares that
/// the store can be used for.
///
/// ```swift
/// let store = try SQLiteStore(path: path)
/// return BackendConnection(store: store, broker: store.broker).serving(.results, with: store)
/// ```
public struct BackendConnection: Sendable {
    /// The broker; `nil` where the backend has none.
    public let broker: (any Broker)?
    /// The store, to be migrated; `nil` where the backend has none. Its schema may be any version's.
    public let store: (any JobStore)?
    private var contracts: [String: any Sendable] = [:]

    /// Takes a broker that is no store.
    ///
    /// - Parameter broker: The broker.
    public init(broker: any Broker) {
        self.broker = broker
        store = nil
    }

    /// Takes a store, for no use yet.
    ///
    /// - Parameters:
    ///   - store: The store.
    ///   - broker: The same database as a broker, if it is one.
    public init(store: any JobStore, broker: (any Broker)? = nil) {
        self.store = store
        self.broker = broker
    }

    /// Declares a use of the store.
    ///
    /// - Parameters:
    ///   - use: The use.
    ///   - contract: What keeps the use's contract: the store itself, or a part of it.
    /// - Returns: The connection with that use among the store's.
    public func serving<Contract>(_ use: StoreUse<Contract>, with contract: Contract) -> BackendConnection {
        var declared = self
        declared.contracts[use.name] = contract
        return declared
    }

    /// What serves a use of the store.
    ///
    /// - Parameter use: The use.
    /// - Returns: What keeps its contract; `nil` if the adapter declared none.
    public subscript<Contract>(use: StoreUse<Contract>) -> Contract? {
        contracts[use.name] as? Contract
    }

    /// Lets the broker and the store go.
    public func shutdown() async {
        await broker?.shutdown()
        await store?.shutdown()
    }
}
