/// A store's way to say that a row changed, so that nobody need ask again and again.
public protocol ResultNotices: Sendable {
    /// Listens for changes of one job's row.
    ///
    /// - Parameter id: The job's identity.
    /// - Returns: A stream with an element for each change after this call returned; several may come as one, and one
    ///   that changes nothing does no harm. It ends when nothing more can be heard, such as when the connection is lost:
    ///   whoever waits then asks again by itself.
    func changes(of id: ResultID) async throws -> AsyncStream<Void>
}
