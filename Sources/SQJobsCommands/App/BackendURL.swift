import SQJobsCore

/// The URL of a broker or a store, and the backend that serves it. Its description leaves out what may be secret.
struct BackendURL: Sendable, CustomStringConvertible {
    /// The URL as it was given, which may hold a password.
    let text: String
    /// Whether it is what the app falls back on when no URL is given.
    var isDefault = false
    private let backend: any Backend.Type

    /// Finds the backend for a URL.
    ///
    /// - Parameters:
    ///   - text: The URL.
    ///   - part: What the URL names.
    ///   - backends: The backends that the app links.
    /// - Throws: ``SQJobsError`` with code `invalidConfiguration`, without the URL, which may hold a password.
    init(_ text: String, of part: BackendPart, among backends: [any Backend.Type]) throws {
        let usage = try Self.usage(of: part, among: backends)
        guard let scheme = Self.scheme(of: text) else {
            throw SQJobsError(
                .invalidConfiguration, "The \(part)'s URL begins with no scheme: write it as \(usage).")
        }
        guard let backend = backends.first(where: { $0.schemes.contains(scheme) }) else {
            throw SQJobsError(
                .invalidConfiguration, "No backend of this app serves the URL scheme “\(scheme)”: write \(usage).")
        }
        guard backend.parts.contains(part) else {
            throw SQJobsError(
                .invalidConfiguration, "What the URL scheme “\(scheme)” names can be no \(part): write \(usage).")
        }
        self.text = text
        self.backend = backend
    }

    /// The URL of a broker.
    ///
    /// - Parameters:
    ///   - text: The URL; `nil` for the default of the first backend that has brokers.
    ///   - backends: The backends that the app links.
    /// - Throws: ``SQJobsError`` with code `invalidConfiguration`.
    static func broker(_ text: String?, among backends: [any Backend.Type]) throws -> BackendURL {
        var url = try BackendURL(text ?? defaultBroker(among: backends), of: .broker, among: backends)
        url.isDefault = text == nil
        return url
    }

    /// The broker's URL when none is given; empty where there is no backend for it.
    static func defaultBroker(among backends: [any Backend.Type]) -> String {
        backends.first { $0.parts.contains(.broker) }?.defaultURL ?? ""
    }

    /// How the URLs of all backends that have a part are written.
    ///
    /// - Throws: ``SQJobsError`` with code `invalidConfiguration` when there is no such backend.
    static func usage(of part: BackendPart, among backends: [any Backend.Type]) throws -> String {
        let usages = backends.filter { $0.parts.contains(part) }.map { $0.usage }
        guard !usages.isEmpty else {
            throw SQJobsError(
                .invalidConfiguration,
                "This app links no backend that has a \(part): list at least one in its `backends`.")
        }
        return usages.joined(separator: "; or ")
    }

    /// Whether the URL names something of this kind, beside that for which it was given.
    func names(_ part: BackendPart) -> Bool {
        backend.parts.contains(part)
    }

    /// Connects to what the URL names.
    func connect(_ environment: [String: String]) async throws -> BackendConnection {
        try await backend.connect(url: text, environment: environment)
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
