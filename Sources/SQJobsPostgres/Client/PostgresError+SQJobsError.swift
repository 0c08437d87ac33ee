import SQJobsCore

extension PostgresError {
    /// The error as apps see it.
    ///
    /// - Parameter url: The server that was asked.
    func jobsError(at url: PostgresURL) -> SQJobsError {
        let (code, sentence) = kind(at: "PostgreSQL at \(url)", database: url.value(of: "dbname"))
        return SQJobsError(code, sentence, underlying: self)
    }

    /// The error as users of a store see it, where doing the same again does no harm: whatever may succeed later has code
    /// `storeUnavailable`, also when it may have been done already.
    ///
    /// - Parameter url: The server that was asked.
    func storeError(at url: PostgresURL) -> SQJobsError {
        if SQLState.lacksObject(state) {
            return SQJobsError(
                .schemaTooOld,
                "The schema “\(url.schema)” of \(url) lacks what this program needs: run `migrate` first.",
                underlying: self)
        }
        let error = jobsError(at: url)
        guard isTransient else { return error }
        return SQJobsError(.storeUnavailable, error.message, underlying: self)
    }

    private func kind(at server: String, database: String?) -> (SQJobsError.Code, String) {
        switch kind {
        case .unreachable:
            return (
                .storeUnavailable,
                "\(server) cannot be reached: check that it runs there, and the URL's host, port and TLS settings."
            )
        case .loginRefused: return login(at: server, database: database)
        case .refused where state == "42501":
            return (
                .storeRefused,
                "\(server) denies this user what it needs: grant it the rights, or use the user that owns the schema."
            )
        case .refused where isTransient:
            return (.storeUnavailable, "\(server) cannot carry the statement out now: try again later.")
        case .refused: return (.storeRefused, "\(server) refused a statement: its error says why.")
        case .connectionLost(isOutcomeUnknown: false):
            return (.storeUnavailable, "The connection to \(server) broke; nothing was changed: try again.")
        case .connectionLost(isOutcomeUnknown: true):
            return (
                .unknownOutcome,
                "The connection to \(server) broke before it answered: look whether the change is there, then try again."
            )
        case .timedOut(isOutcomeUnknown: false):
            return (.timedOut, "\(server) took too long and the statement was cancelled: try again later.")
        case .timedOut(isOutcomeUnknown: true):
            return (
                .unknownOutcome,
                "\(server) did not answer in time: look whether the change is there, then try again later."
            )
        case .poolExhausted:
            return (
                .storeUnavailable,
                "No connection to \(server) became free in time: allow more with pool= in its URL, or do less at once."
            )
        case .shutDown: return (.shuttingDown, "The connections to \(server) are shut down.")
        case .misuse: return (.storeRefused, "A value cannot be exchanged with \(server): its error says why.")
        }
    }

    private func login(at server: String, database: String?) -> (SQJobsError.Code, String) {
        switch state {
        case SQLState.missingDatabase:
            let name = database.map { "“\($0)”" } ?? "that is named after the user"
            return (
                .invalidConfiguration, "\(server) has no database \(name): create it, or correct the URL's last part."
            )
        case .some(let state) where state.hasPrefix("28") || state == "42501":
            return (
                .credentials,
                "\(server) does not accept user or password: correct them in the URL, in PGPASSWORD or in .pgpass."
            )
        case .none:
            return (
                .credentials,
                "\(server) wants a password and none was found: give it in the URL, in PGPASSWORD or in .pgpass."
            )
        default:
            return (
                .invalidConfiguration, "\(server) refuses the connection: correct what its error names in the URL."
            )
        }
    }
}
