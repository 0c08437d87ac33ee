import Foundation

/// A PDF while it is written: objects numbered from 1, then the table that says where each begins (ISO 32000-1, 7.5).
struct PDFFile {
    /// The four bytes above 127 tell programs that this is no text.
    private var bytes: [UInt8] = Array("%PDF-1.4\n%".utf8) + [0xE2, 0xE3, 0xCF, 0xD3, UInt8(ascii: "\n")]
    private var offsets: [Int] = []

    /// Adds an object.
    ///
    /// - Parameter body: What stands between `obj` and `endobj`.
    mutating func append(_ body: [UInt8]) {
        offsets.append(bytes.count)
        bytes += "\(offsets.count) 0 obj\n".utf8
        bytes += body
        bytes += "\nendobj\n".utf8
    }

    /// Adds an object that is plain text.
    mutating func append(_ body: String) {
        append(Array(body.utf8))
    }

    /// The whole file.
    ///
    /// - Parameters:
    ///   - root: The number of the catalogue.
    ///   - info: The number of the object with the title.
    func finish(root: Int, info: Int) -> Data {
        var file = bytes
        // Each entry of the table has exactly 20 bytes.
        file += "xref\n0 \(offsets.count + 1)\n0000000000 65535 f \n".utf8
        for offset in offsets {
            let digits = "\(offset)"
            file += "\(String(repeating: "0", count: 10 - digits.count))\(digits) 00000 n \n".utf8
        }
        file += "trailer\n<< /Size \(offsets.count + 1) /Root \(root) 0 R /Info \(info) 0 R >>\n".utf8
        file += "startxref\n\(bytes.count)\n%%EOF\n".utf8
        return Data(file)
    }
}
