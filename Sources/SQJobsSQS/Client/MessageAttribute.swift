import struct Foundation.Data

/// An attribute that travels with a message, beside its body.
struct MessageAttribute: Codable, Sendable, Equatable {
    /// `String`, `Number` or `Binary`, with a label of one's own behind a dot if one likes.
    var dataType: String
    /// The value of a string or a number.
    var stringValue: String?
    /// The value of a binary attribute.
    var binaryValue: Data?

    enum CodingKeys: String, CodingKey {
        case dataType = "DataType"
        case stringValue = "StringValue"
        case binaryValue = "BinaryValue"
    }
}

extension MessageAttribute {
    /// Makes an attribute that is a string.
    ///
    /// - Parameter string: The value, not empty, of characters that XML 1.0 has.
    init(_ string: String) {
        self.init(dataType: "String", stringValue: string)
    }
}
