/// The text of an expression as the parser reads it: bytes, in which every white space is a blank.
struct CronSource {
    let input: String
    let bytes: [UInt8]
    /// The places of the words between white space.
    let words: [Range<Int>]

    init(_ input: String) {
        self.input = input
        var bytes = Array(input.utf8)
        var isASCII = true
        for index in bytes.indices {
            if bytes[index] >= 0x80 { isASCII = false }
            if bytes[index] >= 9 && bytes[index] <= 13 { bytes[index] = UInt8(ascii: " ") }
        }
        if !isASCII { Self.blankWhiteSpace(outsideASCIIOf: input, in: &bytes) }
        self.bytes = bytes
        words = Self.words(in: bytes)
    }

    private static func blankWhiteSpace(outsideASCIIOf input: String, in bytes: inout [UInt8]) {
        var offset = 0
        for scalar in input.unicodeScalars {
            let width = UTF8.width(scalar)
            if width > 1, scalar.properties.isWhitespace {
                for index in offset..<offset + width { bytes[index] = UInt8(ascii: " ") }
            }
            offset += width
        }
    }

    /// The places of the words between blanks.
    private static func words(in bytes: [UInt8]) -> [Range<Int>] {
        var words: [Range<Int>] = []
        words.reserveCapacity(7)
        var start: Int?
        for (index, byte) in bytes.enumerated() {
            if byte == UInt8(ascii: " ") {
                if let begun = start { words.append(begun..<index) }
                start = nil
            } else if start == nil {
                start = index
            }
        }
        if let start { words.append(start..<bytes.count) }
        return words
    }

    func firstIndex(of byte: UInt8, in range: Range<Int>) -> Int? {
        for index in range where bytes[index] == byte {
            return index
        }
        return nil
    }

    /// The byte at `index` with an ASCII letter in upper case.
    func upper(_ index: Int) -> UInt8 {
        let byte = bytes[index]
        return byte >= UInt8(ascii: "a") && byte <= UInt8(ascii: "z") ? byte - 32 : byte
    }

    /// Whether `range` reads `word`, which is in upper case, in any case.
    func reads(_ word: StaticString, at range: Range<Int>) -> Bool {
        guard word.utf8CodeUnitCount == range.count else { return false }
        return word.withUTF8Buffer { letters in
            for (letter, index) in zip(letters, range) where letter != upper(index) {
                return false
            }
            return true
        }
    }

    /// The number that `range` writes in ASCII digits, or nil. Above a million it is only known to be large.
    func number(at range: Range<Int>) -> Int? {
        guard !range.isEmpty else { return nil }
        var value = 0
        for index in range {
            let digit = Int(bytes[index]) - 48
            guard (0...9).contains(digit) else { return nil }
            value = min(value * 10 + digit, 1_000_000)
        }
        return value
    }

    func text(_ range: Range<Int>) -> String {
        String(input[indices(of: range)])
    }

    func error(_ field: CronField?, _ range: Range<Int>, _ problem: String, expected: String) -> CronError {
        CronError(input: input, field: field, range: indices(of: range), problem: problem, expected: expected)
    }

    /// `range` is cut at ASCII characters only, so that it never splits another one.
    private func indices(of range: Range<Int>) -> Range<String.Index> {
        let start = input.utf8.index(input.startIndex, offsetBy: range.lowerBound)
        return start..<input.utf8.index(start, offsetBy: range.count)
    }
}
