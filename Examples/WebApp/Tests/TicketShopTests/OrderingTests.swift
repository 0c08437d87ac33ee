import Foundation
import Hummingbird
import HummingbirdTesting
import SQJobsResults
import Testing

@testable import TicketShop

@Suite("Ordering, on a real SQLite file")
struct OrderingTests {
    @Test("An order waits, runs with a bar, and ends with a PDF to download")
    func success() async throws {
        let shop = try await SQLiteShop()
        try await shop.visit { client in
            let answer = try await client.order("1001", "Ada Lovelace")
            #expect(answer.status == .seeOther)
            let page = try #require(answer.headers[.location])
            let id = String(page.dropFirst("/tickets/".count))

            #expect(try await client.view(of: id).stage == .waiting)
            let waiting = try await client.get(page)
            #expect(waiting.status == .ok)
            #expect(waiting.text.contains(#"data-stage="waiting""#))
            // Without JavaScript the page comes anew by itself.
            #expect(waiting.text.contains(#"<noscript><meta http-equiv="refresh""#))

            try await shop.printing {
                shop.press.draw()
                try await eventually("half is drawn") {
                    try await client.view(of: id)
                } until: {
                    $0.fraction == 0.5
                }
                #expect(try await client.get(page).text.contains(#"max="1" value="0.5""#))
                // Until there is a PDF, its address leads to the page.
                #expect(try await client.get(page + "/pdf").headers[.location] == page)
                shop.press.draw()
                let done = try await client.view(of: id, at: .done)
                #expect(done.isFinished)
                #expect(done.download == page + "/pdf")
            }
            let pdf = try await client.get(page + "/pdf")
            #expect(pdf.headers[.contentType] == "application/pdf")
            #expect(pdf.headers[.contentDisposition] == #"attachment; filename="tickets-1001.pdf""#)
            #expect(pdf.text.hasPrefix("%PDF-1."))
            let finished = try await client.get(page).text
            #expect(finished.contains("Download the PDF") && finished.contains("Ada Lovelace"))
            #expect(!finished.contains("http-equiv"))
        }
    }

    @Test("An order that does not exist fails with the reason, and no attempt follows")
    func unknownOrder() async throws {
        let shop = try await SQLiteShop()
        try await shop.visit { client in
            let id = try await client.ordered("4040")
            let view = try await shop.printing { try await client.view(of: id, at: .failed) }
            #expect(view.detail == "There is no order 4040. Its number is on your confirmation.")
            #expect(view.isFinished && view.download == nil)
            #expect(try await Results(shop.store).status(of: id)?.attempt == 1)
        }
    }

    @Test("After an attempt that failed the page says why, and when the next one begins")
    func retry() async throws {
        let shop = try await SQLiteShop()
        try await shop.visit { client in
            let id = try await client.ordered("1003")
            let view = try await shop.printing {
                shop.press.draw()
                return try await client.view(of: id, at: .retrying)
            }
            #expect(view.title == "Waiting for attempt 2")
            #expect(view.detail.hasPrefix("The hall is just changing its seating plan. The next attempt begins in"))
            #expect(!view.isFinished)
        }
    }

    @Test("What a customer typed is text on every page, never markup")
    func escaping() async throws {
        let typed = #"<img src=x onerror="alert(1)">'&"#
        let escaped = "&lt;img src=x onerror=&quot;alert(1)&quot;&gt;&#39;&amp;"
        let shop = try await SQLiteShop()
        try await shop.visit { client in
            let refused = try await client.order(typed, typed, typed)
            #expect(refused.status == .unprocessableContent)
            #expect(refused.text.components(separatedBy: escaped).count == 4)
            #expect(!refused.text.contains("<img"))

            let id = try await client.ordered("1001", typed, "1")
            shop.press.draw()
            try await shop.printing { _ = try await client.view(of: id, at: .done) }
            let page = try await client.get("/tickets/\(id)").text
            #expect(page.contains(escaped))
            #expect(!page.contains("<img"))
        }
    }
}
