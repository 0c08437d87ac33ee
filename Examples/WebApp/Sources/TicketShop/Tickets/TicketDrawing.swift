/// One ticket as it is drawn: a stub in the event's colour, what is played and where, whose it is, and a code.
struct TicketDrawing {
    /// A6, landscape, in points.
    static let size = PDFSize(width: 420, height: 298)

    private let event: Event
    private let order: TicketOrder
    private let number: Int

    /// Takes what stands on the ticket.
    ///
    /// - Parameters:
    ///   - event: What it is for.
    ///   - order: The order.
    ///   - number: Which of the order's tickets it is, from 1.
    init(_ event: Event, _ order: TicketOrder, _ number: Int) {
        self.event = event
        self.order = order
        self.number = number
    }

    /// The ticket's page.
    var page: PDFPage {
        var page = PDFPage()
        page.fill(x: 0, y: 0, width: 92, height: Self.size.height, event.colour)
        for hole in stride(from: 8.0, to: Self.size.height, by: 14) {
            page.fill(x: 91, y: hole, width: 2, height: 7, .white)
        }
        page.text("ADMIT", x: 18, y: 166, size: 17, .bold, .white)
        page.text("ONE", x: 18, y: 144, size: 17, .bold, .white)
        page.text("\(number) of \(order.count)", x: 18, y: 24, size: 10, .regular, .white)

        page.text(event.title, x: 116, y: 236, size: 22, .bold, event.colour)
        page.text(event.place, x: 116, y: 212, size: 11)
        page.text("Ticket for", x: 116, y: 166, size: 9, .regular, .grey)
        page.text(order.holder, x: 116, y: 148, size: 15, .bold)
        page.text("Order", x: 116, y: 116, size: 9, .regular, .grey)
        page.text("\(order.number)", x: 116, y: 98, size: 15, .bold)
        page.text("Seat", x: 196, y: 116, size: 9, .regular, .grey)
        page.text("Row C, \(number + 4)", x: 196, y: 98, size: 15, .bold)
        drawCode(on: &page)
        return page
    }

    /// Bars that differ from ticket to ticket: the bits of order and number, a thick one for 1.
    private func drawCode(on page: inout PDFPage) {
        var bits = UInt64(bitPattern: Int64(order.number)) << 16 | UInt64(number)
        var x = 116.0
        while bits > 0 {
            let width = bits & 1 == 1 ? 5.0 : 2.0
            page.fill(x: x, y: 24, width: width, height: 40, .black)
            x += width + 3
            bits >>= 1
        }
    }
}
