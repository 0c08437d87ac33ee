import SQJobsConformance
import SQJobsTesting
import Testing

@Suite("The broker's contract")
struct ConformanceTests {
    @Test("the broker in memory keeps the promise", arguments: BrokerCases.all)
    func memory(_ promise: BrokerCase) async throws {
        try await promise.run(on: InMemoryHarness())
    }

    @Test("a broker that breaks the promise fails the case", arguments: BrokerCases.all)
    func canFail(_ promise: BrokerCase) async throws {
        let fault = try #require(BrokerFault.catalogue[promise.name], "no fault breaks this promise")
        await #expect(throws: ConformanceFailure.self) {
            try await promise.run(on: InMemoryHarness(fault), patience: .milliseconds(500))
        }
    }

    @Test("a broker behind the wrapper that breaks nothing keeps every promise", arguments: BrokerCases.all)
    func wrapper(_ promise: BrokerCase) async throws {
        try await promise.run(on: InMemoryHarness(BrokerFault()))
    }

    @Test("each case has a name of its own, and each fault a case")
    func names() {
        let names = BrokerCases.all.map(\.name)
        #expect(Set(names).count == names.count)
        #expect(Set(names) == Set(BrokerFault.catalogue.keys))
        #expect(BrokerCases.all.map(\.description) == names)
    }

    @Test("a case that needs what a broker cannot do is not run on it")
    func needs() async throws {
        let applying = BrokerCases.applying(to: [])
        #expect(!applying.isEmpty && applying.count < BrokerCases.all.count)
        #expect(applying.allSatisfy { $0.needs.isEmpty })
        let ordered = try #require(BrokerCases.all.first { $0.needs.contains(.orderedGroups) })
        try await ordered.run(on: PlainHarness(base: InMemoryHarness(BrokerFault.with { $0.receive = { _, _ in [] } })))
    }

    /// A harness that declares nothing.
    private struct PlainHarness: BrokerHarness {
        let base: InMemoryHarness
        var broker: any Broker { base.broker }
        var features: Set<BrokerFeature> { [] }
        var smallestVisibility: Duration { base.smallestVisibility }

        func makeQueue(_ settings: QueueSettings) async throws -> QueueName { try await base.makeQueue(settings) }
        func advance(by duration: Duration) async throws { try await base.advance(by: duration) }
    }
}
