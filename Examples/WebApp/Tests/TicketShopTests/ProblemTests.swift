import Foundation
import Hummingbird
import HummingbirdTesting
import Testing

@testable import TicketShop

@Suite("Problems are pages with a sentence and the right status")
struct ProblemTests {
    @Test("An unknown order or address is 404, to people and to scripts")
    func notFound() async throws {
        let shop = try await SQLiteShop()
        try await shop.visit { client in
            for path in [
                "/tickets/\(UUID())", "/tickets/1", "/tickets/..%2Fjobs", "/tickets/\(UUID())/pdf", "/nowhere",
            ] {
                let answer = try await client.get(path)
                #expect(answer.status == .notFound, "\(path)")
                #expect(answer.text.contains("<h1>"), "\(path)")
            }
            let answer = try await client.get("/jobs/\(UUID())")
            #expect(answer.status == .notFound)
            #expect(answer.headers[.contentType] == "application/json")
        }
    }

    @Test(
        "Fields that are not right are 422, and nothing is enqueued",
        arguments: [
            ("", "Ada", "1"), ("x", "Ada", "1"), ("1001", " ", "1"), ("1001", "Ada\u{7}", "1"), ("1001", "Ada", "0"),
            ("1001", "Ada", "13"), ("99999999999999999999", "Ada", "1"),
            ("1001", String(repeating: "a", count: 61), "1"),
        ])
    func invalid(number: String, holder: String, count: String) async throws {
        let shop = try await SQLiteShop()
        try await shop.visit { client in
            let answer = try await client.order(number, holder, count)
            #expect(answer.status == .unprocessableContent)
            #expect(answer.text.contains(#"aria-invalid="true""#))
        }
        #expect(try await shop.broker.administration?.statistics(of: PrintTickets.queue).waiting == 0)
    }

    @Test("Less than a form is told what is missing; more than a form is 413")
    func noForm() async throws {
        let shop = try await SQLiteShop()
        try await shop.visit { client in
            #expect(try await client.post("").status == .unprocessableContent)
            #expect(try await client.post("number[a]=1").status == .badRequest)
            let large = try await client.post("holder=" + String(repeating: "a", count: Shop.largestForm))
            #expect(large.status == .contentTooLarge)
            #expect(large.text.contains("<h1>"))
        }
    }

    @Test("Tickets that were removed are 410")
    func removed() async throws {
        let shop = try await SQLiteShop()
        try await shop.visit { client in
            let id = try await client.ordered("1001", "Ada", "1")
            shop.press.draw()
            try await shop.printing { _ = try await client.view(of: id, at: .done) }
            #expect(try shop.tickets.removeFiles(olderThan: .distantFuture) == 1)
            let answer = try await client.get("/tickets/\(id)/pdf")
            #expect(answer.status == .gone)
            #expect(answer.text.contains("order them again"))
        }
    }

    @Test("A broker that is not there is 503, and says when to come again")
    func unavailable() async throws {
        let shop = try await SQLiteShop()
        await shop.store.shutdown()
        try await shop.visit { client in
            for answer in [try await client.order("1001"), try await client.get("/tickets/\(UUID())")] {
                #expect(answer.status == .serviceUnavailable)
                #expect(answer.headers[.retryAfter] == "60")
                #expect(answer.text.contains("try again in a minute"))
                #expect(!answer.text.contains("sqlite"))
            }
        }
    }

    @Test("Nothing from elsewhere may be loaded or run")
    func headers() async throws {
        let shop = try await SQLiteShop()
        try await shop.visit { client in
            for path in ["/", "/nowhere", "/assets/shop.js"] {
                let policy = try await client.get(path).headers[.contentSecurityPolicy]
                #expect(policy?.contains("default-src 'none'") == true, "\(path)")
            }
        }
    }
}
