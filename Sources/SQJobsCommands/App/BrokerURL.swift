import SQJobsCore

/// A broker's URL and the backend that serves it. Its description leaves out what may be secret.
struct BrokerURL: Sendable, CustomStringConvertible {
    private let text: String
    private let backend: any Backend.Type

    /// Finds the backend for a URL.
    ///
    /// - Parameters:
    ///   - text: The URL; `nil` for the first backend's default.
    ///   - backends: The backends that the app links.
    /// - Throws: ``SQJobsError`` with code `invalidConfiguration`, without the URL, which may hold a password.
    init(_ text: String?, among backends: [any Backend.Type]) throws {
        guard let first = backends.first else {
            throw SQJobsError(
                .invalidConfiguration, "This app links no backend: list at least one in its `backends`.")
        }
        let text = text ?? first.defaultURL
        let usage = backends.map { $0.usage }.joined(separator: "; or ")
        guard let scheme = Self.scheme(of: text) else {
            throw SQJobsError(
                .invalidConfiguration, "The broker's URL begins with no scheme: write it as \(usage).")
        }
        guard let backend = backends.first(where: { $0.schemes.contains(scheme) }) else {
            throw SQJobsError(
                .invalidConfiguration, "No backend of this app serves the URL scheme “\(scheme)”: write \(usage).")
        }
        self.text = text
        self.backend = backend
    }

    /// Connects to the broker.
    func connect(_ environment: [String: String]) async throws -> any Broker {
        try await backend.broker(url: text, environment: environment)
    }

    /// The URL without user, password, query and fragment.
    ///
    /// What precedes the last `@` goes first: in a password that was not escaped, any other sign may stand.
    var description: String {
        guard let colon = text.firstIndex(of: ":") else { return "" }
        let scheme = text[...colon]
        let rest = text[text.index(after: colon)...]
        let slashes = rest.hasPrefix("//") ? "//" : ""
        let tail = rest.split(separator: "@", omittingEmptySubsequences: false).last ?? ""
        let visible = (tail.count == rest.count ? rest.dropFirst(slashes.count) : tail).prefix {
            $0 != "?" && $0 != "#"
        }
        return scheme + slashes + visible
    }

    /// The scheme by RFC 3986, section 3.1, in lower case.
    private static func scheme(of text: String) -> String? {
        guard let colon = text.firstIndex(of: ":") else { return nil }
        let scheme = text[..<colon]
        guard let first = scheme.first, first.isASCII, first.isLetter else { return nil }
        guard scheme.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || "+-.".contains($0)) }) else {
            return nil
        }
        return scheme.lowercased()
    }
}
