import Foundation
import Testing

@testable import TicketShop

@Suite("The PDF")
struct PDFTests {
    @Test("The table says where every object begins, and the end where the table does")
    func offsets() throws {
        let order = TicketOrder(number: 1002, holder: "Zoë (“Zo”) O’Hara \\", count: 3)
        let event = try #require(BoxOffice.example.event(of: 1002))
        var document = PDFDocument(title: event.title, pageSize: TicketDrawing.size)
        for ticket in 1...order.count { document.append(TicketDrawing(event, order, ticket).page) }
        // A character a byte, so that offsets count both.
        let file = try #require(String(data: document.data, encoding: .isoLatin1))
        let start = try #require(file.matches(of: /startxref\n(\d+)\n%%EOF\n$/).first.flatMap { Int($0.output.1) })
        #expect(file.dropFirst(start).hasPrefix("xref\n"))
        let entries = file.dropFirst(start).matches(of: /(\d{10}) 00000 n \n/).compactMap { Int($0.output.1) }
        #expect(entries.count == 5 + 2 * order.count)
        for (index, offset) in entries.enumerated() {
            #expect(file.dropFirst(offset).hasPrefix("\(index + 1) 0 obj\n"))
        }
        #expect(file.contains("/Count 3"))
    }

    @Test("Text is in the fonts' encoding, with what would end it escaped")
    func text() {
        #expect(PDFText.literal(#"a(b)\"#) == Array(#"(a\(b\)\\)"#.utf8))
        #expect(PDFText.encoded("é€“王e\u{301}") == [0xE9, 0x80, 0x93, UInt8(ascii: "?"), 0xE9])
    }
}
