public import SQJobsCore

extension SQJobsError.Code {
    /// There is no schedule of that name.
    public static let unknownSchedule = Self(rawValue: "unknownSchedule")
    /// Two schedules have one name.
    public static let duplicateSchedule = Self(rawValue: "duplicateSchedule")
}
