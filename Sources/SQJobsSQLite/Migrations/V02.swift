extension SQLiteMigration {
    /// Keeps the numbers of both databases the same.
    static let v02 = SQLiteMigration(2, "periodic jobs and the outbox", "")
}
