import SQJobsCore

/// One numbered step from a schema to the next. Once released it is never changed.
struct PostgresMigration: Sendable, Hashable {
    /// The version that the schema has afterwards, from 1.
    let number: Int
    /// What the step does, in a few words for people.
    let name: String
    /// What is carried out, one statement a text, in one transaction.
    let statements: [String]

    /// Every step, in order.
    ///
    /// - Parameter schema: The schema that they make, whose name is in their statements.
    static func all(in schema: PostgresSchema) -> [PostgresMigration] {
        [v01(schema), v02(schema), v03(schema)]
    }

    init(_ number: Int, _ name: String, _ statements: [String]) {
        self.number = number
        self.name = name
        self.statements = statements
    }

    /// The number and what the step does, the same as in other stores.
    var description: StoreMigration { StoreMigration(number: number, summary: name) }
}
