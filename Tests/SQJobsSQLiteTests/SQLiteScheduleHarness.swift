import SQJobsConformance
import SQJobsSQLite
import SQJobsTesting

/// Two stores on one file, on a manual clock, as the conformance cases for schedules want them.
struct SQLiteScheduleHarness: ScheduleStoreHarness {
    let file: TemporaryFile
    let manual = ManualClock()
    let store: any ScheduleStore
    let otherStore: any ScheduleStore

    init() async throws {
        file = try TemporaryFile()
        let first = try SQLiteStore(path: file.path, clock: manual.jobClock)
        try await first.migrate()
        store = first
        otherStore = try SQLiteStore(path: file.path, clock: manual.jobClock)
    }

    var shortLease: Duration { .seconds(1) }

    var clock: JobClock { manual.jobClock }

    func advance(by duration: Duration) async throws {
        await manual.advance(by: duration)
    }
}
