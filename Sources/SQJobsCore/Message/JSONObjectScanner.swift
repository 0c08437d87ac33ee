import struct Foundation.Data

/// Finds where the members of one JSON object begin and end. It recurses into nothing, so depth costs it nothing.
struct JSONObjectScanner {
    private let bytes: UnsafeRawBufferPointer
    private var place = 0

    init(_ bytes: UnsafeRawBufferPointer) {
        self.bytes = bytes
    }

    /// The object's keys and the ranges of their values, in order.
    mutating func members() throws -> [(key: String, value: Range<Int>)] {
        var members: [(key: String, value: Range<Int>)] = []
        members.reserveCapacity(4)
        try expect("{")
        skipSpace()
        if next == UInt8(ascii: "}") {
            place += 1
        } else {
            repeat {
                skipSpace()
                let key = try readKey()
                try expect(":")
                skipSpace()
                let start = place
                try skipValue()
                members.append((key, start..<place))
                skipSpace()
            } while try readSeparator()
        }
        skipSpace()
        guard place == bytes.count else { throw malformed("text after the object") }
        return members
    }

    private var next: UInt8? { place < bytes.count ? bytes[place] : nil }

    /// Whether another member follows.
    private mutating func readSeparator() throws -> Bool {
        guard let separator = next else { throw malformed("the object is not closed") }
        guard separator == UInt8(ascii: ",") || separator == UInt8(ascii: "}") else {
            throw malformed("a comma or } is missing")
        }
        place += 1
        return separator == UInt8(ascii: ",")
    }

    private mutating func readKey() throws -> String {
        let start = place
        guard next == UInt8(ascii: "\"") else { throw malformed("a key in double quotes is missing") }
        let isEscaped = try skipString()
        let inner = UnsafeRawBufferPointer(rebasing: bytes[start + 1..<place - 1])
        if !isEscaped, let key = String(validating: inner, as: UTF8.self) { return key }
        guard let key = try? WireJSON.decoder.decode(String.self, from: Data(bytes[start..<place])) else {
            throw JSONObjectMembers.Malformed("a key is not a string of UTF-8", at: start)
        }
        return key
    }

    private mutating func skipValue() throws {
        let start = place
        var depth = 0
        while let byte = next {
            switch byte {
            case UInt8(ascii: "\""):
                _ = try skipString()
                if depth == 0 { return }
                continue
            case UInt8(ascii: "["), UInt8(ascii: "{"):
                depth += 1
            case UInt8(ascii: "]"), UInt8(ascii: "}"):
                if depth == 0 { return try requireValue(from: start) }
                depth -= 1
                if depth == 0 {
                    place += 1
                    return
                }
            case UInt8(ascii: ","), UInt8(ascii: " "), 9, 10, 13:
                if depth == 0 { return try requireValue(from: start) }
            default:
                break
            }
            place += 1
        }
        throw malformed("the object is not closed")
    }

    private func requireValue(from start: Int) throws {
        guard place > start else { throw malformed("a value is missing") }
    }

    /// Skips a string and says whether it holds escapes.
    private mutating func skipString() throws -> Bool {
        var isEscaped = false
        place += 1
        while let byte = next {
            switch byte {
            case UInt8(ascii: "\\"):
                isEscaped = true
                place += 2
            case UInt8(ascii: "\""):
                place += 1
                return isEscaped
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

    private func malformed(_ reason: String) -> JSONObjectMembers.Malformed {
        JSONObjectMembers.Malformed(reason, at: min(place, bytes.count))
    }
}
