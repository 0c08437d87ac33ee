import SQJobsPeriodic

/// The contracts of ``ScheduleStore`` and ``Outbox`` as cases, for the tests of any adapter.
public enum ScheduleStoreCases {
    /// Every case.
    public static let all: [ScheduleStoreCase] =
        outboxCases + orderCases + refusalCases + uniqueCases + scheduleCases + registrationCases + beatCases
        + beaterCases + crashCases
}
