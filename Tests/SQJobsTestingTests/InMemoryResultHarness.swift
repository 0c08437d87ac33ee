import SQJobsConformance
import SQJobsTesting

/// The store in memory on a manual clock, as the conformance cases want it; with a fault if a test says so.
struct InMemoryResultHarness: ResultStoreHarness {
    let manual = ManualClock()
    let store: any ResultStore

    init(_ fault: ResultStoreFault? = nil) {
        let memory = InMemoryResultStore(clock: manual.jobClock)
        store = fault.map { FaultyResultStore(memory: memory, fault: $0) } ?? memory
    }

    var otherStore: any ResultStore { store }

    var features: Set<ResultStoreFeature> { Set(ResultStoreFeature.allCases) }

    var shortLease: Duration { .seconds(1) }

    var clock: JobClock { manual.jobClock }

    func advance(by duration: Duration) async throws {
        await manual.advance(by: duration)
    }
}
