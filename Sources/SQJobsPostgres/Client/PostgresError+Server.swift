import CLibpq

extension PostgresError {
    /// An error's fields. Their codes are character constants in C, which Swift does not see.
    private enum Field: Unicode.Scalar {
        case severity = "V"
        case state = "C"
        case message = "M"
        case detail = "D"
        case hint = "H"
        case constraint = "n"
    }

    /// The error that a result stands for.
    ///
    /// The message of a data exception quotes what was sent (`invalid input syntax for type integer: "…"`), and so do
    /// the details of many others: such parts are left out.
    ///
    /// - Parameters:
    ///   - result: The server's result, or libpq's when the connection broke.
    ///   - isOutcomeUnknown: What is true of the statements if the connection broke.
    init(_ result: OpaquePointer, isOutcomeUnknown: Bool) {
        func value(_ field: Field) -> String? {
            PQresultErrorField(result, CInt(field.rawValue.value)).map { String(cString: $0) }
        }
        let state = value(.state)
        let isFatal = ["FATAL", "PANIC"].contains(value(.severity))
        let isLost = state == nil || isFatal || SQLState.endsConnection(state)
        let text = value(.message) ?? String(cString: PQresultErrorMessage(result))
        self.init(
            isLost ? .connectionLost(isOutcomeUnknown: isOutcomeUnknown) : .refused,
            Self.shown(text, state: state), state: state)
        if let state, SQLState.hasPlainDetail(state) { detail = value(.detail) }
        hint = value(.hint)
        constraint = value(.constraint)
    }

    /// The error that a failed login stands for.
    ///
    /// - Parameters:
    ///   - text: libpq's message, made at the verbosity that shows the error code.
    ///   - needsPassword: Whether the server wanted a password and none was found.
    ///   - secrets: Texts that may not appear.
    init(login text: String, needsPassword: Bool, hiding secrets: [String]) {
        // With several hosts libpq says a line for each; a server's own answer says more than a host that is down.
        let lines = text.split(whereSeparator: \.isNewline).map { line in
            secrets.reduce(String(line)) { $1.isEmpty ? $0 : $0.replacing($1, with: "…") }
        }
        for line in lines {
            guard let match = line.firstMatch(of: /: +([0-9][0-9A-Z]{4}): (.*)/) else { continue }
            let state = String(match.output.1)
            self.init(
                SQLState.isTransientLogin(state) ? .unreachable : .loginRefused, String(match.output.2), state: state)
            return
        }
        self.init(needsPassword ? .loginRefused : .unreachable, lines.first ?? "libpq gives no reason")
    }

    /// The first line, of a bearable length, without quoted values.
    private static func shown(_ text: String, state: String?) -> String {
        let line = String(text.prefix { !$0.isNewline })
        let plain = state.map(SQLState.quotesValues) == true ? line.replacing(/".*"/, with: "“…”") : line
        return plain.count > 300 ? plain.prefix(300) + "…" : plain
    }
}
