import SQJobsConformance
import SQJobsTesting
import Testing

@Suite("The contract of a store of schedules")
struct ScheduleStoreConformanceTests {
    @Test("the store in memory keeps the promise", arguments: ScheduleStoreCases.all)
    func memory(_ promise: ScheduleStoreCase) async throws {
        try await promise.run(on: InMemoryScheduleHarness())
    }

    @Test("a store that breaks the promise fails the case", arguments: ScheduleStoreCases.all)
    func canFail(_ promise: ScheduleStoreCase) async throws {
        let fault = try #require(ScheduleStoreFault.catalogue[promise.name], "no fault breaks this promise")
        await #expect(throws: ConformanceFailure.self) {
            try await promise.run(on: InMemoryScheduleHarness(fault))
        }
    }

    @Test("a store behind the wrapper that breaks nothing keeps every promise", arguments: ScheduleStoreCases.all)
    func wrapper(_ promise: ScheduleStoreCase) async throws {
        try await promise.run(on: InMemoryScheduleHarness(ScheduleStoreFault()))
    }

    @Test("each case has a name of its own, and each fault a case")
    func names() {
        let names = ScheduleStoreCases.all.map(\.name)
        #expect(Set(names).count == names.count)
        #expect(Set(names) == Set(ScheduleStoreFault.catalogue.keys))
        #expect(ScheduleStoreCases.all.map(\.description) == names)
    }
}
