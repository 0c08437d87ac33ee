/// Finds where the members of a JSON object, or the elements of an array, begin and end. It recurses into nothing.
struct JSONScanner {
    private let bytes: UnsafeRawBufferPointer
    private let start: Int
    private var place = 0

    init(_ slice: JSONSlice) {
        bytes = slice.bytes
        start = slice.place
    }

    mutating func members(_ visit: (JSONSlice, JSONSlice) throws -> Void) throws {
        var keys = JSONKeys()
        try expect("{")
        try list(until: "}") { scanner in
            let key = try scanner.key()
            guard try keys.insert(key) else {
                throw scanner.malformed("the key “\(try key.string()?.prefix(40) ?? "")” stands twice")
            }
            try scanner.expect(":")
            scanner.skipSpace()
            try visit(key, try scanner.value())
        }
    }

    mutating func elements(_ visit: (JSONSlice) throws -> Void) throws {
        try expect("[")
        try list(until: "]") { scanner in
            try visit(try scanner.value())
        }
    }

    /// Reads what stands between brackets, to the end of the text.
    private mutating func list(until close: Unicode.Scalar, _ read: (inout JSONScanner) throws -> Void) throws {
        skipSpace()
        if next == UInt8(ascii: close) {
            place += 1
        } else {
            repeat {
                skipSpace()
                try read(&self)
                skipSpace()
            } while try readSeparator(close)
        }
        skipSpace()
        guard place == bytes.count else { throw malformed("text after the \(Self.name(close))") }
    }

    private var next: UInt8? { place < bytes.count ? bytes[place] : nil }

    /// Whether another one follows.
    private mutating func readSeparator(_ close: Unicode.Scalar) throws -> Bool {
        guard let separator = next else { throw malformed("the \(Self.name(close)) is not closed") }
        guard separator == UInt8(ascii: ",") || separator == UInt8(ascii: close) else {
            throw malformed("a comma or \(close) is missing")
        }
        place += 1
        return separator == UInt8(ascii: ",")
    }

    private mutating func key() throws -> JSONSlice {
        guard next == UInt8(ascii: "\"") else { throw malformed("a key in double quotes is missing") }
        let begin = place
        try skipString()
        return slice(from: begin)
    }

    private mutating func value() throws -> JSONSlice {
        let begin = place
        var depth = 0
        while let byte = next {
            switch byte {
            case UInt8(ascii: "\""):
                try skipString()
                if depth == 0 { return slice(from: begin) }
                continue
            case UInt8(ascii: "["), UInt8(ascii: "{"):
                depth += 1
            case UInt8(ascii: "]"), UInt8(ascii: "}"):
                if depth == 0 { return try plain(from: begin) }
                depth -= 1
                if depth == 0 {
                    place += 1
                    return slice(from: begin)
                }
            case UInt8(ascii: ","), UInt8(ascii: " "), 9, 10, 13:
                if depth == 0 { return try plain(from: begin) }
            default:
                break
            }
            place += 1
        }
        throw malformed("the object is not closed")
    }

    private func plain(from begin: Int) throws -> JSONSlice {
        guard place > begin else { throw malformed("a value is missing") }
        return slice(from: begin)
    }

    private func slice(from begin: Int) -> JSONSlice {
        JSONSlice(bytes: UnsafeRawBufferPointer(rebasing: bytes[begin..<place]), place: start + begin)
    }

    private mutating func skipString() throws {
        place += 1
        while let byte = next {
            switch byte {
            case UInt8(ascii: "\\"):
                place += 2
            case UInt8(ascii: "\""):
                place += 1
                return
            default:
                place += 1
            }
        }
        throw malformed("a string is not closed")
    }

    private mutating func skipSpace() {
        while let byte = next, byte == 32 || byte == 9 || byte == 10 || byte == 13 { place += 1 }
    }

    private mutating func expect(_ character: Unicode.Scalar) throws {
        skipSpace()
        guard next == UInt8(ascii: character) else { throw malformed("“\(character)” is missing") }
        place += 1
    }

    private static func name(_ close: Unicode.Scalar) -> String { close == "}" ? "object" : "array" }

    private func malformed(_ reason: String) -> JSONSlice.Malformed {
        JSONSlice.Malformed(reason, at: start + min(place, bytes.count))
    }
}
