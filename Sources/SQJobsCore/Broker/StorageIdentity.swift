/// Which open store keeps something. What one store keeps can be changed in one transaction.
public struct StorageIdentity: Sendable, Hashable {
    private let id: ObjectIdentifier

    /// Makes the identity of a store.
    ///
    /// - Parameter owner: An object that the store and all that it keeps share, and that lives as long as they do.
    public init(_ owner: AnyObject) {
        id = ObjectIdentifier(owner)
    }
}
