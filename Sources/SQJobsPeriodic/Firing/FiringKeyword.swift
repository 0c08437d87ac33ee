/// The keywords that a firing carries, as the Python library sqjobs names them.
enum FiringKeyword {
    /// The time that the schedule names: ISO 8601 with the offset of the schedule's zone.
    static let programmedDate = "sqjobs_programmed_date"
    /// True when the firing is late; absent when it is not.
    static let delayed = "sqjobs_delayed_job"

    static let all: Set<String> = [programmedDate, delayed]
}
