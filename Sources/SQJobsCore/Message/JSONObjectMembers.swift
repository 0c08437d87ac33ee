import struct Foundation.Data

/// The members of one JSON object, as slices of its text: what they hold is left for `JSONDecoder` to read.
///
/// A message's arguments can only be decoded once its name says which job they are for. Slicing keeps them as they came,
/// and shows what a decoder hides: a key that stands twice.
struct JSONObjectMembers {
    /// The members' values by key.
    private(set) var values: [String: Data] = [:]

    /// Slices an object.
    ///
    /// - Parameter text: A JSON object; white space around it is fine.
    /// - Throws: ``Malformed`` with what is wrong and at which byte.
    init(_ text: Data) throws {
        var place = text.startIndex
        try Self.expect("{", in: text, at: &place)
        Self.skipSpace(in: text, at: &place)
        if place < text.endIndex, text[place] == UInt8(ascii: "}") {
            place += 1
        } else {
            try readMembers(of: text, at: &place)
        }
        Self.skipSpace(in: text, at: &place)
        guard place == text.endIndex else { throw Malformed("text after the object", text, place) }
    }

    private mutating func readMembers(of text: Data, at place: inout Data.Index) throws {
        while true {
            Self.skipSpace(in: text, at: &place)
            let key = try Self.readKey(of: text, at: &place)
            try Self.expect(":", in: text, at: &place)
            Self.skipSpace(in: text, at: &place)
            let start = place
            try Self.skipValue(in: text, at: &place)
            guard values.updateValue(text[start..<place], forKey: key) == nil else {
                throw Malformed("the key “\(key.prefix(40))” stands twice", text, start)
            }
            Self.skipSpace(in: text, at: &place)
            guard place < text.endIndex else { throw Malformed("the object is not closed", text, place) }
            let separator = text[place]
            place += 1
            if separator == UInt8(ascii: "}") { return }
            guard separator == UInt8(ascii: ",") else { throw Malformed("a comma or } is missing", text, place - 1) }
        }
    }

    private static func readKey(of text: Data, at place: inout Data.Index) throws -> String {
        let start = place
        guard place < text.endIndex, text[place] == UInt8(ascii: "\"") else {
            throw Malformed("a key in double quotes is missing", text, place)
        }
        try skipString(in: text, at: &place)
        let inner = text[start + 1..<place - 1]
        if !inner.contains(UInt8(ascii: "\\")), let key = String(validating: inner, as: UTF8.self) { return key }
        guard let key = try? WireJSON.decoder.decode(String.self, from: text[start..<place]) else {
            throw Malformed("a key is not a string of UTF-8", text, start)
        }
        return key
    }

    private static func skipValue(in text: Data, at place: inout Data.Index) throws {
        let start = place
        var depth = 0
        while place < text.endIndex {
            switch text[place] {
            case UInt8(ascii: "\""):
                try skipString(in: text, at: &place)
                if depth == 0 { return }
                continue
            case UInt8(ascii: "["), UInt8(ascii: "{"):
                depth += 1
            case UInt8(ascii: "]"), UInt8(ascii: "}"):
                if depth == 0 { return try requireValue(from: start, to: place, of: text) }
                depth -= 1
                if depth == 0 {
                    place += 1
                    return
                }
            case UInt8(ascii: ","), UInt8(ascii: " "), UInt8(ascii: "\n"), UInt8(ascii: "\r"), UInt8(ascii: "\t"):
                if depth == 0 { return try requireValue(from: start, to: place, of: text) }
            default:
                break
            }
            place += 1
        }
        throw Malformed("the object is not closed", text, place)
    }

    private static func requireValue(from start: Data.Index, to place: Data.Index, of text: Data) throws {
        guard place > start else { throw Malformed("a value is missing", text, place) }
    }

    private static func skipString(in text: Data, at place: inout Data.Index) throws {
        place += 1
        while place < text.endIndex {
            switch text[place] {
            case UInt8(ascii: "\\"): place += 2
            case UInt8(ascii: "\""):
                place += 1
                return
            default: place += 1
            }
        }
        throw Malformed("a string is not closed", text, text.endIndex)
    }

    private static func skipSpace(in text: Data, at place: inout Data.Index) {
        while place < text.endIndex {
            switch text[place] {
            case UInt8(ascii: " "), UInt8(ascii: "\n"), UInt8(ascii: "\r"), UInt8(ascii: "\t"): place += 1
            default: return
            }
        }
    }

    private static func expect(_ character: Unicode.Scalar, in text: Data, at place: inout Data.Index) throws {
        skipSpace(in: text, at: &place)
        guard place < text.endIndex, text[place] == UInt8(ascii: character) else {
            throw Malformed("“\(character)” is missing", text, place)
        }
        place += 1
    }
}

extension JSONObjectMembers {
    /// What keeps a text from being one JSON object.
    struct Malformed: Error, CustomStringConvertible {
        let description: String

        fileprivate init(_ reason: String, _ text: Data, _ place: Data.Index) {
            description = "\(reason) at byte \(place - text.startIndex)"
        }
    }
}
