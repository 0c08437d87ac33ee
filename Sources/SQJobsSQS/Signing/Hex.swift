/// Hexadecimal digits.
enum Hex {
    /// The digits, letters in upper case.
    static let upper = Array("0123456789ABCDEF".utf8)
    /// The digits, letters in lower case.
    static let lower = Array("0123456789abcdef".utf8)

    /// Adds two digits for each byte, in lower case.
    static func append(_ bytes: some Sequence<UInt8>, to text: inout [UInt8]) {
        for byte in bytes {
            text.append(lower[Int(byte >> 4)])
            text.append(lower[Int(byte & 0xF)])
        }
    }

    /// Two digits for each byte, in lower case.
    static func string(_ bytes: some Sequence<UInt8>) -> String {
        var text: [UInt8] = []
        text.reserveCapacity(64)
        append(bytes, to: &text)
        return String(decoding: text, as: UTF8.self)
    }

    /// Whether a text is what bytes look like, in lower case.
    static func matches(_ bytes: some Sequence<UInt8>, _ text: String) -> Bool {
        var digits = text.utf8.makeIterator()
        for byte in bytes {
            guard digits.next() == lower[Int(byte >> 4)], digits.next() == lower[Int(byte & 0xF)] else { return false }
        }
        return digits.next() == nil
    }
}
