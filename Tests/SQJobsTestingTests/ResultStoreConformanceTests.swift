import SQJobsConformance
import SQJobsTesting
import Testing

@Suite("The contract of a store of results")
struct ResultStoreConformanceTests {
    @Test("the store in memory keeps the promise", arguments: ResultStoreCases.all)
    func memory(_ promise: ResultStoreCase) async throws {
        try await promise.run(on: InMemoryResultHarness())
    }

    @Test("a store that breaks the promise fails the case", arguments: ResultStoreCases.all)
    func canFail(_ promise: ResultStoreCase) async throws {
        let fault = try #require(ResultStoreFault.catalogue[promise.name], "no fault breaks this promise")
        await #expect(throws: ConformanceFailure.self) {
            try await promise.run(on: InMemoryResultHarness(fault), patience: .milliseconds(500))
        }
    }

    @Test("a store behind the wrapper that breaks nothing keeps every promise", arguments: ResultStoreCases.all)
    func wrapper(_ promise: ResultStoreCase) async throws {
        try await promise.run(on: InMemoryResultHarness(ResultStoreFault()))
    }

    @Test("each case has a name of its own, and each fault a case")
    func names() {
        let names = ResultStoreCases.all.map(\.name)
        #expect(Set(names).count == names.count)
        #expect(Set(names) == Set(ResultStoreFault.catalogue.keys))
        #expect(ResultStoreCases.all.map(\.description) == names)
    }
}
