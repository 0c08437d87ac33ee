/// The channel over which is told that schedules changed or that something was put into the outbox.
enum ScheduleChannel {
    /// PostgreSQL's longest name of a channel.
    private static let longestName = 63

    /// The channel. Schemas of the longest names may share one, which does no harm.
    static func name(in schema: PostgresSchema) -> String {
        String("schedules_\(schema.name)".prefix(longestName))
    }
}
