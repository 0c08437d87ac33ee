/// A use that a store can be put to, such as keeping results. The module that has the use declares it, with the contract
/// that a store must keep for it; the core knows none.
public struct StoreUse<Contract: Sendable>: Sendable {
    /// The use's name in a word, such as `results`; no two uses share one.
    public let name: String

    /// Declares a use.
    ///
    /// - Parameter name: The use's name in a word.
    public init(_ name: String) {
        self.name = name
    }
}
