import Foundation

/// Writes and reads a message's body: standard base64 of `{"id", "name", "args", "kwargs"}`, as the Python library
/// sqjobs and PHP producers exchange it.
public enum MessageCodec {
    /// Writes a message's body.
    ///
    /// - Parameter message: The message.
    /// - Returns: Base64 of JSON with exactly the keys `id`, `name`, `args`, `kwargs`, in that order.
    /// - Throws: `EncodingError` when the id or the name cannot be written as a JSON string.
    public static func encode(_ message: JobMessage) throws -> String {
        var json = JSONWriter(capacity: message.arguments.args.count + message.arguments.kwargs.count + 128)
        try json.object { json in
            try json.member("id", message.id)
            try json.member("name", message.name)
            json.member("args", json: message.arguments.args)
            json.member("kwargs", json: message.arguments.kwargs)
        }
        return Data(json.bytes).base64EncodedString()
    }

    /// Reads a message's body, leniently where producers differ.
    ///
    /// - Parameters:
    ///   - body: Base64 of a JSON object, or the object itself; unknown keys in it are ignored.
    ///   - messageID: The broker's id for the message, which stands in for an id that is missing or null.
    /// - Throws: ``SQJobsError`` with code `unreadableMessage` that says what is wrong, without the arguments.
    public static func decode(_ body: String, messageID: String) throws -> JobMessage {
        let json = try json(of: body)
        do {
            return try JSONSlice.of(json) { try message($0, messageID: messageID) }
        } catch let error as JSONSlice.Malformed {
            throw unreadable("it is not a JSON object: \(error)")
        } catch let error as Unreadable {
            throw unreadable(error.reason)
        }
    }

    private static func message(_ json: JSONSlice, messageID: String) throws -> JobMessage {
        var id: String?
        var name: String?
        var args = JobArguments.noArgs
        var kwargs = JobArguments.noKwargs
        try json.members { key, value in
            if key.isString("id") {
                id = try string("id", value)
            } else if key.isString("name") {
                name = try string("name", value)
            } else if key.isString("args") {
                args = try arguments("args", value, open: "[", empty: JobArguments.noArgs)
            } else if key.isString("kwargs") {
                kwargs = try arguments("kwargs", value, open: "{", empty: JobArguments.noKwargs)
                if kwargs.count > 2 { try value.members { _, _ in } }
            }
        }
        guard let name, !name.isEmpty else { throw Unreadable("it has no “name”") }
        return JobMessage(
            id: id ?? messageID, name: name, arguments: JobArguments(checkedArgs: args, kwargs: kwargs))
    }

    private static func json(of body: String) throws -> Data {
        let text = body.utf8.drop { $0 == UInt8(ascii: " ") || (9...13).contains($0) }
        guard let first = text.first else { throw unreadable("it is empty") }
        if first == UInt8(ascii: "{") { return Data(text) }
        guard let json = Data(base64Encoded: body) ?? Data(base64Encoded: body.filter { !$0.isWhitespace }) else {
            throw unreadable("it is neither base64 nor a JSON object")
        }
        guard !json.isEmpty else { throw unreadable("it is empty") }
        return json
    }

    private static func string(_ key: String, _ value: JSONSlice) throws -> String? {
        do {
            return try value.string()
        } catch {
            throw Unreadable("its “\(key)” is not a string")
        }
    }

    /// An argument list that Python would take for false is empty, whatever its type: PHP writes an empty map as `[]`.
    private static func arguments(
        _ key: String, _ value: JSONSlice, open: Unicode.Scalar, empty: Data
    ) throws -> Data {
        if value.bytes.first == UInt8(ascii: open) { return value.bytes.count > 2 ? value.data : empty }
        guard let other = try? WireJSON.decoder.decode(JSONValue.self, from: value.data), other.isFalsy else {
            if let number = NonFiniteNumber(in: value.data) { throw Unreadable("its “\(key)” holds \(number)") }
            throw Unreadable("its “\(key)” is not \(open == "[" ? "an array" : "an object")")
        }
        return empty
    }

    private static func unreadable(_ reason: String) -> SQJobsError {
        SQJobsError(.unreadableMessage, "The message's body cannot be read: \(reason).")
    }

    private struct Unreadable: Error {
        let reason: String

        init(_ reason: String) {
            self.reason = reason
        }
    }
}
