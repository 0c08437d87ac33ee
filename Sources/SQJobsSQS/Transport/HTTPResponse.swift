import struct Foundation.Data

/// A response as it came.
struct HTTPResponse: Sendable {
    /// The status code.
    var status: Int
    /// The lines of the header fields, as they came. Few responses are ever asked for one, so that they are taken apart
    /// only then.
    private(set) var head: [UInt8]
    /// The body.
    var body: Data

    init(status: Int, head: [UInt8], body: Data) {
        self.status = status
        self.head = head
        self.body = body
    }

    /// Makes a response from header fields that are known by name.
    init(status: Int, headers: [String: String] = [:], body: Data = Data()) {
        self.init(status: status, head: headers.flatMap { Array("\($0): \($1)\r\n".utf8) }, body: body)
    }

    /// The value of a header field; of a repeated one the first, nil if it isn't there.
    ///
    /// - Parameter name: The name, in any case.
    func header(_ name: String) -> String? {
        for line in head.split(separator: UInt8(ascii: "\n")) {
            guard let colon = line.firstIndex(of: UInt8(ascii: ":")),
                String(decoding: line[..<colon], as: UTF8.self).lowercased() == name.lowercased()
            else { continue }
            let rest = line[(colon + 1)...]
            guard let first = rest.firstIndex(where: { $0 > 0x20 }), let last = rest.lastIndex(where: { $0 > 0x20 })
            else { return "" }
            return String(decoding: rest[first...last], as: UTF8.self)
        }
        return nil
    }
}
