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
        let members = try text.withUnsafeBytes { bytes in
            var scanner = JSONObjectScanner(bytes)
            return try scanner.members()
        }
        let start = text.startIndex
        for (key, value) in members {
            let slice = text[start + value.lowerBound..<start + value.upperBound]
            guard values.updateValue(slice, forKey: key) == nil else {
                throw Malformed("the key “\(key.prefix(40))” stands twice", at: value.lowerBound)
            }
        }
    }
}

extension JSONObjectMembers {
    /// What keeps a text from being one JSON object.
    struct Malformed: Error, CustomStringConvertible {
        let description: String

        init(_ reason: String, at place: Int) {
            description = "\(reason) at byte \(place)"
        }
    }
}
