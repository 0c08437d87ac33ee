/// Which order is for what: the shop's own database would know.
public struct BoxOffice: Sendable {
    private let events: [Int: Event]

    /// Makes a box office.
    ///
    /// - Parameter events: What is played, by the orders' numbers.
    public init(_ events: [Int: Event]) {
        self.events = events
    }

    /// What an order is for; `nil` if there is no such order.
    public func event(of number: Int) -> Event? {
        events[number]
    }

    /// Three orders; the hall of the third is slow at first.
    public static let example = BoxOffice([
        1001: Event(
            title: "Strings by Candlelight", place: "Chapel of St Anne, 4 December, 19:30",
            colour: PDFColour(red: 0.44, green: 0.16, blue: 0.27)),
        1002: Event(
            title: "The Tempest", place: "Harbour Theatre, 11 December, 20:00",
            colour: PDFColour(red: 0.09, green: 0.27, blue: 0.43)),
        1003: Event(
            title: "Midnight Jazz", place: "Café Métro, 31 December, 23:00",
            colour: PDFColour(red: 0.14, green: 0.36, blue: 0.30), hasSlowHall: true),
    ])
}
