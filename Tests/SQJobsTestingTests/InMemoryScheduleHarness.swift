import SQJobsConformance
import SQJobsTesting

/// The store of schedules in memory on a manual clock, as the conformance cases want it; with a fault if a test says so.
struct InMemoryScheduleHarness: ScheduleStoreHarness {
    let manual = ManualClock()
    let store: any ScheduleStore

    init(_ fault: ScheduleStoreFault? = nil) {
        let memory = InMemoryScheduleStore(clock: manual.jobClock)
        store = fault.map { FaultyScheduleStore(memory: memory, fault: $0) } ?? memory
    }

    var otherStore: any ScheduleStore { store }

    var shortLease: Duration { .seconds(1) }

    var clock: JobClock { manual.jobClock }

    func advance(by duration: Duration) async throws {
        await manual.advance(by: duration)
    }
}
