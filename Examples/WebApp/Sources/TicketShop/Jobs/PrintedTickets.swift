/// What came of an order: enough for a page to show it. The tickets themselves are in the ``TicketFolder``, by the job's
/// id, for a store of results is no place for files.
public struct PrintedTickets: Codable, Sendable, Equatable {
    /// The order's number.
    public var number: Int
    /// What the tickets are for.
    public var event: String
    /// Whose name they bear.
    public var holder: String
    /// How many there are.
    public var count: Int
    /// How large their file is, in bytes.
    public var size: Int
}
