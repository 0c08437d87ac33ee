public import SQJobsCore

extension StoreUse<any ScheduleStore> {
    /// Keeping schedules, for beaters.
    public static var schedules: Self { Self("schedules") }
}
