/// Percent escapes as AWS signs them: all but `A-Z a-z 0-9 - _ . ~`, in upper-case hexadecimal (RFC 3986, 2.3).
enum URIEscape {
    /// Escapes some bytes.
    static func append(_ bytes: some Sequence<UInt8>, to text: inout [UInt8]) {
        for byte in bytes {
            if isUnreserved(byte) {
                text.append(byte)
            } else {
                text.append(UInt8(ascii: "%"))
                text.append(Hex.upper[Int(byte >> 4)])
                text.append(Hex.upper[Int(byte & 0xF)])
            }
        }
    }

    /// Takes the escapes of some text away and sets them anew, so that every way to write it comes out the same.
    static func normal(_ bytes: some Collection<UInt8>) -> [UInt8] {
        var plain: [UInt8] = []
        var rest = Array(bytes)[...]
        while let byte = rest.popFirst() {
            let digits = rest.prefix(2)
            if byte == UInt8(ascii: "%"), digits.count == 2,
                let value = UInt8(String(decoding: digits, as: UTF8.self), radix: 16)
            {
                plain.append(value)
                rest = rest.dropFirst(2)
            } else {
                plain.append(byte)
            }
        }
        var text: [UInt8] = []
        append(plain, to: &text)
        return text
    }

    private static func isUnreserved(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."),
            UInt8(ascii: "~"):
            true
        default:
            false
        }
    }
}
