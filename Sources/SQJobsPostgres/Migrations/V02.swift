extension PostgresMigration {
    /// Keeps the numbers of both databases the same.
    static func v02(_ schema: PostgresSchema) -> PostgresMigration {
        PostgresMigration(2, "periodic jobs and the outbox", [])
    }
}
