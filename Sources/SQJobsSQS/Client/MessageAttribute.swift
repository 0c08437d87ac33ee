import SQJobsCore

import struct Foundation.Data

/// An attribute that travels with a message, beside its body.
struct MessageAttribute: Sendable, Equatable {
    /// `String`, `Number` or `Binary`, with a label of one's own behind a dot if one likes.
    var dataType: String
    /// The value of a string or a number.
    var stringValue: String?
    /// The value of a binary attribute.
    var binaryValue: Data?
}

extension MessageAttribute {
    /// Makes an attribute that is a string.
    ///
    /// - Parameter string: The value, not empty, of characters that XML 1.0 has.
    init(_ string: String) {
        self.init(dataType: "String", stringValue: string)
    }

    /// Reads an attribute of a message that was received.
    init(_ json: JSONSlice) throws {
        self.init(dataType: "")
        try json.members { key, value in
            if key.isString("DataType") {
                dataType = try value.string() ?? ""
            } else if key.isString("StringValue") {
                stringValue = try value.string()
            } else if key.isString("BinaryValue") {
                binaryValue = try value.string().flatMap { Data(base64Encoded: $0) }
            }
        }
    }

    /// Writes the attribute as a member of an object.
    func write(to json: inout JSONWriter, as name: String) throws {
        try json.object(named: name) { json in
            try json.member("DataType", dataType)
            try json.member("StringValue", stringValue)
            try json.member("BinaryValue", binaryValue?.base64EncodedString())
        }
    }
}
