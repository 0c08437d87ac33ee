import SQJobsConformance
import SQJobsCore
import Testing

@Suite("The broker's contract on SQS", .timeLimit(.minutes(3)))
struct ConformanceOnSQSTests {
    @Test("SQS keeps the promise", arguments: SQSHarness.cases)
    func keeps(_ promise: BrokerCase) async throws {
        let server = try TestServer()
        try await server.withBroker { try await promise.run(on: SQSHarness(broker: $0), patience: .seconds(40)) }
    }

    @Test("what the local server does differently concerns promises that there are")
    func deviations() {
        #expect(Set(SQSHarness.deviations.keys).isSubset(of: BrokerCases.all.map(\.name)))
    }
}
