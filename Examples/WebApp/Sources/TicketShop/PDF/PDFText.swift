import Foundation

/// Text as a PDF holds it: in the encoding `WinAnsiEncoding` (ISO 32000-1, annex D), which its fonts share.
enum PDFText {
    /// A string of the file: in parentheses, with those inside it escaped.
    static func literal(_ text: String) -> [UInt8] {
        var bytes: [UInt8] = [UInt8(ascii: "(")]
        for byte in encoded(text) {
            if byte == UInt8(ascii: "(") || byte == UInt8(ascii: ")") || byte == UInt8(ascii: "\\") {
                bytes.append(UInt8(ascii: "\\"))
            }
            bytes.append(byte)
        }
        bytes.append(UInt8(ascii: ")"))
        return bytes
    }

    /// A byte a character; `?` for one that the encoding lacks.
    static func encoded(_ text: String) -> [UInt8] {
        text.precomposedStringWithCanonicalMapping.map { character in
            guard let scalar = character.unicodeScalars.first, character.unicodeScalars.count == 1 else {
                return UInt8(ascii: "?")
            }
            switch scalar.value {
            case 0x20...0x7E, 0xA0...0xFF: return UInt8(scalar.value)
            default: return punctuation[scalar] ?? UInt8(ascii: "?")
            }
        }
    }

    /// The characters that the encoding has where Latin-1 has none.
    private static let punctuation: [Unicode.Scalar: UInt8] = [
        "€": 0x80, "…": 0x85, "Š": 0x8A, "Œ": 0x8C, "Ž": 0x8E, "‘": 0x91, "’": 0x92, "“": 0x93, "”": 0x94, "•": 0x95,
        "–": 0x96, "—": 0x97, "š": 0x9A, "œ": 0x9C, "ž": 0x9E, "Ÿ": 0x9F,
    ]
}
