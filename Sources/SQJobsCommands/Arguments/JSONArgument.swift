import Foundation
import SQJobsCore

/// A job's arguments as they are written on the command line.
enum JSONArgument {
    /// A positional argument: JSON if it reads as JSON, a string else.
    static func value(_ text: String) -> JSONValue {
        (try? WireJSON.decoder.decode(JSONValue.self, from: Data(text.utf8))) ?? .string(text)
    }

    /// Positional arguments: a JSON array.
    static func positional(_ text: String) throws -> [JSONValue] {
        do {
            return try WireJSON.decoder.decode([JSONValue].self, from: Data(text.utf8))
        } catch {
            throw ArgumentFault(#"write a JSON array, such as [1, "two"]."#)
        }
    }

    /// Keywords: a JSON object.
    static func keywords(_ text: String) throws -> [String: JSONValue] {
        do {
            return try WireJSON.decoder.decode([String: JSONValue].self, from: Data(text.utf8))
        } catch {
            throw ArgumentFault(#"write a JSON object, such as {"name": "value"}."#)
        }
    }
}
