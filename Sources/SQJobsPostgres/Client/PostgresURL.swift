import CLibpq
import Foundation
import SQJobsCore

/// A `postgres:` or `postgresql:` URL: libpq's own, and two settings of ours in its query.
///
/// What libpq knows (`sslmode`, `sslrootcert`, several hosts, `target_session_attrs`, …) is libpq's to read, and so are
/// `PGPASSWORD`, `.pgpass` and the service file: see "Connection Strings" in PostgreSQL's manual. Ours are `schema`, the
/// schema of our tables, and `pool`, how many connections there are at most. Neither printing nor reflection shows the
/// password.
struct PostgresURL: Sendable {
    /// A setting as libpq takes it.
    struct Option: Sendable {
        let keyword: String
        let value: String
    }

    /// The schema of our tables.
    let schema: PostgresSchema
    /// How many connections there are at most; nil where the URL doesn't say.
    let poolSize: Int?
    /// What libpq is given.
    let options: [Option]

    private static let schemes = ["postgres", "postgresql"]
    private static let usage = "postgresql://USER:PASSWORD@HOST:PORT/DATABASE?schema=sqjobs&pool=10"

    /// Reads a URL.
    ///
    /// - Parameters:
    ///   - text: The URL.
    ///   - environment: The process's variables; those that libpq reads itself win over our defaults.
    /// - Throws: ``SQJobsError`` with code `invalidConfiguration`, without the URL, which may hold a password.
    init(_ text: String, environment: [String: String] = ProcessInfo.processInfo.environment) throws {
        guard let scheme = text.firstRange(of: "://"), Self.schemes.contains(String(text[..<scheme.lowerBound])) else {
            throw Self.invalid("it does not begin with postgresql://")
        }
        let (plain, ours) = try Self.split(text, authority: scheme.upperBound)
        schema = try ours["schema"].map { try PostgresSchema($0) } ?? .standard
        poolSize = try ours["pool"].map {
            guard let size = Int($0), (1...1_000).contains(size) else {
                throw Self.invalid("pool=\($0) is no number of connections from 1 to 1000")
            }
            return size
        }
        options = try Self.parse(plain) + Self.defaults(environment)
    }

    /// libpq's value of a setting; nil where the URL doesn't say.
    func value(of keyword: String) -> String? {
        options.first { $0.keyword == keyword }?.value
    }

    /// What may appear nowhere.
    var secrets: [String] {
        ["password", "sslpassword"].compactMap(value(of:))
    }

    /// Takes our settings off the query.
    private static func split(
        _ text: String, authority: String.Index
    ) throws -> (plain: String, ours: [String: String]) {
        // A password that wasn't escaped may hold a question mark. libpq looks for the @ as far as the first slash.
        let user = text[authority...].prefix { $0 != "@" && $0 != "/" }
        let search = user.endIndex < text.endIndex && text[user.endIndex] == "@" ? user.endIndex : authority
        guard let mark = text[search...].firstIndex(of: "?") else { return (text, [:]) }
        var ours: [String: String] = [:]
        var others: [Substring] = []
        for item in text[text.index(after: mark)...].split(separator: "&") {
            let parts = item.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            let name = String(parts[0])
            guard ["schema", "pool"].contains(name) else {
                others.append(item)
                continue
            }
            guard ours[name] == nil else { throw invalid("it sets “\(name)” twice") }
            guard parts.count == 2, let value = String(parts[1]).removingPercentEncoding else {
                throw invalid("“\(name)” has no value in it that can be read")
            }
            ours[name] = value
        }
        let query = others.isEmpty ? "" : "?" + others.joined(separator: "&")
        return (text[..<mark] + query, ours)
    }

    private static func parse(_ plain: String) throws -> [Option] {
        guard !plain.utf8.contains(0) else { throw invalid("there is a NUL in it") }
        var message: UnsafeMutablePointer<CChar>?
        guard let first = PQconninfoParse(plain, &message) else {
            defer { PQfreemem(message) }
            throw invalid(message.map { reason(String(cString: $0)) } ?? "libpq has no memory left")
        }
        defer { PQconninfoFree(first) }
        var options: [Option] = []
        var next = first
        while let keyword = next.pointee.keyword {
            if let value = next.pointee.val {
                options.append(Option(keyword: String(cString: keyword), value: String(cString: value)))
            }
            next += 1
        }
        return options
    }

    /// What libpq says of a URL, without the parts that it quotes: they may be the password. A setting's name is shown.
    private static func reason(_ message: String) -> String {
        let line = message.prefix { !$0.isNewline }
        if let name = line.wholeMatch(of: /invalid URI query parameter: ("[A-Za-z0-9_]*")/) {
            return "it has no setting \(name.output.1)"
        }
        let plain = line.prefix { $0 != ":" && $0 != "\"" }
        return "libpq says: \(plain.trimmingCharacters(in: .whitespaces)); characters that are not letters or digits"
            + " are written with % in user and password"
    }

    /// Behind libpq's own, so that what the URL says comes first.
    private static func defaults(_ environment: [String: String]) -> [Option] {
        var options = [
            Option(keyword: "client_encoding", value: "UTF8"),
            Option(keyword: "fallback_application_name", value: "sqjobs"),
            // A server that vanished without a word is noticed within a minute.
            Option(keyword: "keepalives_idle", value: "30"),
            Option(keyword: "keepalives_interval", value: "10"),
            Option(keyword: "keepalives_count", value: "3"),
            Option(keyword: "tcp_user_timeout", value: "60000"),
        ]
        if environment["PGCONNECT_TIMEOUT"] == nil { options.append(Option(keyword: "connect_timeout", value: "10")) }
        return options
    }

    private static func invalid(_ reason: String) -> SQJobsError {
        SQJobsError(
            .invalidConfiguration, "The URL of PostgreSQL cannot be used, because \(reason): write it as \(usage).")
    }
}

extension PostgresURL: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// Where the server is and what it is asked for, without user and password.
    var description: String {
        let host = value(of: "host") ?? value(of: "hostaddr") ?? ""
        let port = value(of: "port").map { ":\($0)" } ?? ""
        return "postgresql://\(host)\(port)/\(value(of: "dbname") ?? "")"
    }

    /// The same as ``description``.
    var debugDescription: String { description }

    /// A mirror without the settings.
    var customMirror: Mirror { Mirror(self, children: ["description": description], displayStyle: .struct) }
}
