/// The server's error codes, and what follows from them: "PostgreSQL Error Codes" in its manual.
enum SQLState {
    /// A statement was cancelled.
    static let queryCanceled = "57014"
    /// What the server does not have; also "cached plan must not change result type".
    static let featureNotSupported = "0A000"
    /// The database does not exist.
    static let missingDatabase = "3D000"

    /// Whether a connection's prepared statements may be of no use any more: one is gone, or a migration changed its
    /// columns.
    static func isStalePlan(_ state: String?) -> Bool { state == "26000" || state == featureNotSupported }

    /// Whether a table, a column, a function or a schema is not there.
    static func lacksObject(_ state: String?) -> Bool {
        guard let state else { return false }
        return ["42P01", "42703", "42883", "3F000"].contains(state)
    }

    /// Whether a connection ends with this error: the server shuts down, starts up, or was told to end the session.
    static func endsConnection(_ state: String?) -> Bool {
        guard let state else { return false }
        return ["57P01", "57P02", "57P03", "57P05"].contains(state) || state.hasPrefix("08")
    }

    /// Whether waiting may help: resources are short, or somebody intervened.
    static func isTransient(_ state: String?) -> Bool {
        guard let state else { return false }
        return endsConnection(state) || state.hasPrefix("53") || state == "55P03" || state == "25006"
    }

    /// Whether a login that failed so may succeed later.
    static func isTransientLogin(_ state: String) -> Bool {
        isTransient(state) || state == "55000"
    }

    /// Whether a message of this class quotes values that were sent: data exceptions do.
    static func quotesValues(_ state: String) -> Bool { state.hasPrefix("22") }

    /// Whether the detail of this class speaks of the server's affairs alone, never of rows and parameters.
    static func hasPlainDetail(_ state: String) -> Bool {
        ["08", "28", "3D", "3F", "40", "42", "53", "54", "55", "57", "58"].contains(String(state.prefix(2)))
    }
}
