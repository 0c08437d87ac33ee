/// What a customer asks for: the tickets of an order, made out to somebody.
public struct TicketOrder: Codable, Sendable, Equatable {
    /// The order's number.
    public var number: Int
    /// Whose name the tickets bear.
    public var holder: String
    /// How many tickets.
    public var count: Int

    /// How many tickets an order may have.
    public static let counts = 1...12

    /// Makes an order.
    public init(number: Int, holder: String, count: Int) {
        self.number = number
        self.holder = holder
        self.count = count
    }
}
