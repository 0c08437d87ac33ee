/// Why PostgreSQL did not do what it was asked to.
struct PostgresError: Error, Sendable {
    /// What kind of failure it is.
    enum Kind: Sendable, Hashable {
        /// No connection could be made, or the server takes none now: nothing was sent.
        case unreachable
        /// The server refuses the connection: user, password, database or a setting is wrong.
        case loginRefused
        /// The server refused the statement and is well.
        case refused
        /// The connection broke. When the outcome is unknown, the statements may have been carried out and committed.
        case connectionLost(isOutcomeUnknown: Bool)
        /// The statement took too long and was cancelled; when the server did not even answer to that, the outcome is
        /// unknown.
        case timedOut(isOutcomeUnknown: Bool)
        /// No connection of the pool became free in time.
        case poolExhausted
        /// The pool is shut down.
        case shutDown
        /// A value cannot be sent, or read as what was asked for; a connection is used in a way it is not made for.
        case misuse
    }

    /// What kind of failure it is.
    let kind: Kind
    /// The five characters of the server's error code, SQLSTATE, if it gave one.
    var state: String?
    /// What the server or libpq says, without values of parameters.
    let message: String
    /// The server's second sentence; nil where it may quote rows or parameters.
    var detail: String?
    /// What the server advises.
    var hint: String?
    /// The constraint that was violated.
    var constraint: String?

    init(_ kind: Kind, _ message: String, state: String? = nil) {
        self.kind = kind
        self.message = message
        self.state = state
    }
}

extension PostgresError {
    /// Whether two transactions stood in each other's way, so that doing the whole transaction again helps:
    /// a serialization failure or a deadlock.
    var isConflict: Bool { state == "40001" || state == "40P01" }

    /// Whether a unique constraint was violated.
    var isUniqueViolation: Bool { state == "23505" }

    /// Whether what was asked for may have been done all the same.
    var isOutcomeUnknown: Bool {
        switch kind {
        case .connectionLost(let isOutcomeUnknown), .timedOut(let isOutcomeUnknown): isOutcomeUnknown
        default: false
        }
    }

    /// Whether the same may succeed later, because the server cannot be reached, cannot serve now, or was in conflict.
    var isTransient: Bool {
        switch kind {
        case .unreachable, .connectionLost, .timedOut, .poolExhausted: true
        case .refused: isConflict || SQLState.isTransient(state)
        case .loginRefused, .shutDown, .misuse: false
        }
    }
}

extension PostgresError: CustomStringConvertible {
    /// Message, error code, detail and hint.
    var description: String {
        let state = state.map { " [\($0)]" } ?? ""
        let rest = [detail, hint].compactMap { $0 }.map { "; \($0)" }.joined()
        return message + state + rest
    }
}
