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
        var json = Data(capacity: message.arguments.args.count + message.arguments.kwargs.count + 128)
        json.append(contentsOf: #"{"id":"#.utf8)
        json.append(try quoted(message.id))
        json.append(contentsOf: #","name":"#.utf8)
        json.append(try quoted(message.name))
        json.append(contentsOf: #","args":"#.utf8)
        json.append(message.arguments.args)
        json.append(contentsOf: #","kwargs":"#.utf8)
        json.append(message.arguments.kwargs)
        json.append(UInt8(ascii: "}"))
        return json.base64EncodedString()
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
            let members = try JSONObjectMembers(json)
            guard let name = try string("name", of: members), !name.isEmpty else {
                throw Unreadable("it has no “name”")
            }
            let args = try arguments("args", of: members, open: "[", empty: JobArguments.noArgs)
            let kwargs = try arguments("kwargs", of: members, open: "{", empty: JobArguments.noKwargs)
            if kwargs.count > 2 { _ = try JSONObjectMembers(kwargs) }
            return JobMessage(
                id: try string("id", of: members) ?? messageID, name: name,
                arguments: JobArguments(checkedArgs: args, kwargs: kwargs))
        } catch let error as JSONObjectMembers.Malformed {
            throw unreadable("it is not a JSON object: \(error)")
        } catch let error as Unreadable {
            throw unreadable(error.reason)
        }
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

    private static func string(_ key: String, of members: JSONObjectMembers) throws -> String? {
        guard let value = members.values[key] else { return nil }
        if value.count > 1, value.first == UInt8(ascii: "\""), !value.contains(UInt8(ascii: "\\")) {
            let inner = value.dropFirst().dropLast()
            if !inner.contains(where: { $0 < 0x20 }), let text = String(validating: inner, as: UTF8.self) {
                return text
            }
        }
        do {
            return try WireJSON.decoder.decode(String?.self, from: value)
        } catch {
            throw Unreadable("its “\(key)” is not a string")
        }
    }

    /// An argument list that Python would take for false is empty, whatever its type: PHP writes an empty map as `[]`.
    private static func arguments(
        _ key: String, of members: JSONObjectMembers, open: Unicode.Scalar, empty: Data
    ) throws -> Data {
        guard let value = members.values[key] else { return empty }
        if value.first == UInt8(ascii: open) { return value.count > 2 ? value : empty }
        guard let other = try? WireJSON.decoder.decode(JSONValue.self, from: value), other.isFalsy else {
            if let number = NonFiniteNumber(in: value) { throw Unreadable("its “\(key)” holds \(number)") }
            throw Unreadable("its “\(key)” is not \(open == "[" ? "an array" : "an object")")
        }
        return empty
    }

    private static func quoted(_ text: String) throws -> Data {
        let isPlain = text.utf8.allSatisfy { (0x20..<0x7F).contains($0) && $0 != 0x22 && $0 != 0x5C }
        guard isPlain else { return try WireJSON.encoder.encode(text) }
        return Data("\"\(text)\"".utf8)
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
