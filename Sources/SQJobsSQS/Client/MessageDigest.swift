import Crypto

import struct Foundation.Data

/// The checksums that SQS sends with messages, by which a body that was damaged on the way shows.
enum MessageDigest {
    /// Whether a checksum is that of a body; also when SQS sent none.
    static func matches(_ digest: String?, body: String) -> Bool {
        guard let digest else { return true }
        var md5 = Insecure.MD5()
        update(&md5, body)
        return Hex.matches(md5.finalize(), digest)
    }

    /// Whether a checksum is that of some attributes; also when SQS sent none.
    static func matches(_ digest: String?, attributes: [String: MessageAttribute]?) -> Bool {
        guard let digest, let attributes, !attributes.isEmpty else { return true }
        return self.digest(attributes) == digest
    }

    /// The checksum of attributes, as "Calculating the MD5 message digest for message attributes" in the Amazon SQS
    /// Developer Guide has it: by name, each part behind its length, 1 before a string and 2 before bytes.
    static func digest(_ attributes: [String: MessageAttribute]) -> String {
        var md5 = Insecure.MD5()
        for (name, attribute) in attributes.sorted(by: { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }) {
            updateWithLength(&md5, Data(name.utf8))
            updateWithLength(&md5, Data(attribute.dataType.utf8))
            if let bytes = attribute.binaryValue {
                md5.update(data: [2])
                updateWithLength(&md5, bytes)
            } else {
                md5.update(data: [1])
                updateWithLength(&md5, Data((attribute.stringValue ?? "").utf8))
            }
        }
        return Hex.string(md5.finalize())
    }

    private static func update(_ md5: inout Insecure.MD5, _ text: String) {
        var text = text
        text.withUTF8 { md5.update(bufferPointer: UnsafeRawBufferPointer($0)) }
    }

    private static func updateWithLength(_ md5: inout Insecure.MD5, _ bytes: Data) {
        withUnsafeBytes(of: UInt32(bytes.count).bigEndian) { md5.update(bufferPointer: $0) }
        md5.update(data: bytes)
    }
}
