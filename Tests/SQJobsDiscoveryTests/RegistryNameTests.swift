import Testing

@testable import SQJobsDiscovery

@Suite("The name of a registry")
struct RegistryNameTests {
    @Test(
        "follows the target's, as Swift names properties",
        arguments: [
            ("TicketShop", "ticketShop"), ("ticket-shop", "ticketShop"), ("ticket_shop", "ticketShop"),
            ("Jobs", "jobs"), ("manage", "manage"), ("URLFetcher", "urlFetcher"), ("API", "api"),
            ("SQJobsDemo", "sqJobsDemo"),
            ("A", "a"), ("Default", "`default`"), ("3DPrinter", "_3DPrinter"), ("MyAPI2Jobs", "myAPI2Jobs"),
            ("-", "jobs"),
        ])
    func follows(target: String, property: String) {
        #expect(RegistryName.property(for: target) == property)
    }
}
