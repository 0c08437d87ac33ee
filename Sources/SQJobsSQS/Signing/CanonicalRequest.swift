import Crypto

import struct Foundation.Data

/// A request in the one form that both sides sign.
///
/// Method, path, query, header fields, names of the signed fields and the body's SHA-256, a line each.
struct CanonicalRequest {
    /// The text, in UTF-8.
    let bytes: [UInt8]
    /// The names of the signed fields, in order, with semicolons between them.
    let signedHeaders: String

    /// Fields that are never signed: libcurl or a proxy adds or changes them, or nothing depends on them.
    static let unsignedHeaders: Set<String> = [
        "accept", "authorization", "connection", "content-length", "expect", "transfer-encoding", "user-agent",
        "x-amzn-query-mode", "x-amzn-trace-id",
    ]

    /// Puts a request into its canonical form.
    ///
    /// - Parameters:
    ///   - method: The method, in upper case.
    ///   - path: The path as it goes on the wire; it is escaped once more, as every service but S3 wants it.
    ///   - query: The query as it goes on the wire, without the question mark.
    ///   - headers: The header fields; of the same name, those that come first stay first.
    ///   - body: The body.
    init(method: String, path: String, query: String, headers: [(name: String, value: String)], body: Data) {
        var fields = headers.map { (name: $0.name.lowercased(), value: $0.value) }
        fields.removeAll { Self.unsignedHeaders.contains($0.name) }
        // The order among equal names counts, and Swift's sort keeps it.
        fields.sort { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }

        var text: [UInt8] = []
        text.reserveCapacity(512)
        text += method.utf8
        text.append(newline)
        Self.appendPath(path, to: &text)
        text.append(newline)
        Self.appendQuery(query, to: &text)
        var names: [UInt8] = []
        var last: String?
        for (name, value) in fields {
            if name == last {
                text.append(UInt8(ascii: ","))
            } else {
                text.append(newline)
                text += name.utf8
                text.append(UInt8(ascii: ":"))
                if last != nil { names.append(UInt8(ascii: ";")) }
                names += name.utf8
            }
            Self.appendValue(value, to: &text)
            last = name
        }
        text.append(newline)
        text.append(newline)
        text += names
        text.append(newline)
        Hex.append(SHA256.hash(data: body), to: &text)
        bytes = text
        signedHeaders = String(decoding: names, as: UTF8.self)
    }

    /// The path without empty and dot segments, each segment escaped.
    private static func appendPath(_ path: String, to text: inout [UInt8]) {
        var segments: [Substring] = []
        for segment in path.split(separator: "/") {
            if segment == ".." { _ = segments.popLast() } else if segment != "." { segments.append(segment) }
        }
        for segment in segments {
            text.append(slash)
            URIEscape.append(segment.utf8, to: &text)
        }
        let isFolder = path.hasSuffix("/") || path.hasSuffix("/.") || path.hasSuffix("/..")
        if segments.isEmpty || isFolder { text.append(slash) }
    }

    /// The parameters, each with `=`, escaped in the one right way, and sorted by name, then value.
    private static func appendQuery(_ query: String, to text: inout [UInt8]) {
        guard !query.isEmpty else { return }
        let pairs = query.utf8.split(separator: UInt8(ascii: "&")).map { pair in
            let equals = pair.firstIndex(of: UInt8(ascii: "=")) ?? pair.endIndex
            return (URIEscape.normal(pair[..<equals]), URIEscape.normal(pair[equals...].dropFirst()))
        }
        let sorted = pairs.sorted { one, other in
            one.0 == other.0 ? one.1.lexicographicallyPrecedes(other.1) : one.0.lexicographicallyPrecedes(other.0)
        }
        for (index, (name, value)) in sorted.enumerated() {
            if index > 0 { text.append(UInt8(ascii: "&")) }
            text += name
            text.append(UInt8(ascii: "="))
            text += value
        }
    }

    /// A value without white space around it, and with single blanks within.
    private static func appendValue(_ value: String, to text: inout [UInt8]) {
        var isBlankDue = false
        let start = text.count
        for byte in value.utf8 {
            if byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") || byte == newline || byte == 0x0D {
                isBlankDue = text.count > start
            } else {
                if isBlankDue { text.append(UInt8(ascii: " ")) }
                isBlankDue = false
                text.append(byte)
            }
        }
    }
}

private let newline = UInt8(ascii: "\n")
private let slash = UInt8(ascii: "/")
