import Foundation
import SQJobsCore
import Testing

@Suite("Parameters of every kind")
struct ParameterTypesTests {
    /// Writes parameters as a producer does and reads them as a worker does.
    func travel<Value: Codable & Equatable>(_ value: Value, args: String = "[]", kwargs: String = "{}") throws {
        let arguments = try JobArguments(encoding: value)
        #expect(String(decoding: arguments.args, as: UTF8.self) == args)
        #expect(String(decoding: arguments.kwargs, as: UTF8.self) == kwargs)
        let body = try MessageCodec.encode(JobMessage(id: "1", name: "x", arguments: arguments))
        let read = try MessageCodec.decode(body, messageID: "m").arguments
        #expect(try read.decode(Value.self, for: "x") == value)
    }

    func read<Value: Decodable>(_ type: Value.Type, args: String = "[]", kwargs: String = "{}") throws -> Value {
        let body = #"{"name":"x","args":\#(args),"kwargs":\#(kwargs)}"#
        return try MessageCodec.decode(body, messageID: "m").arguments.decode(type, for: "x")
    }

    enum Size: String, Codable {
        case small, large
    }

    enum Action: Codable, Equatable {
        case move(x: Int, y: Int)
        case stop
    }

    struct Wrapped: Codable, Equatable {
        var value: Int

        init(value: Int) {
            self.value = value
        }

        init(from decoder: any Decoder) throws {
            value = try decoder.singleValueContainer().decode(Int.self)
        }

        func encode(to encoder: any Encoder) throws {
            var container = encoder.singleValueContainer()
            try container.encode(value)
        }
    }

    struct Everything: Codable, Equatable {
        var flag: Bool
        var whole: Int8
        var large: UInt64
        var real: Double
        var text: String
        var at: Date
        var link: URL
        var data: Data
        var price: Decimal
        var id: UUID
        var size: Size
        var action: Action
        var list: [Int?]
        var map: [String: [Date]]
        var nothing: String?
    }

    @Test("1.5: an array-like type fills args")
    func arrays() throws {
        try travel([1, 2, 3], args: "[1,2,3]")
        try travel([Int](), args: "[]")
        try travel([["a": 1]], args: #"[{"a":1}]"#)
        try travel([Int?.none, 1], args: "[null,1]")
        try travel(Set([5]), args: "[5]")
        try travel(1..<4, args: "[1,4]")
        try travel([Date(timeIntervalSince1970: 0)], args: #"["1970-01-01T00:00:00Z"]"#)
    }

    @Test("1.5: a struct or a dictionary fills kwargs")
    func objects() throws {
        try travel(["b": 1, "a": 2], kwargs: #"{"a":2,"b":1}"#)
        try travel([String: Int](), kwargs: "{}")
        try travel([1: "one"], kwargs: #"{"1":"one"}"#)
        try travel(["at": Date(timeIntervalSince1970: 0)], kwargs: #"{"at":"1970-01-01T00:00:00Z"}"#)
        try travel(Action.move(x: 1, y: 2), kwargs: #"{"move":{"x":1,"y":2}}"#)
        try travel(Action.stop, kwargs: #"{"stop":{}}"#)
    }

    @Test("1.5: a single scalar is one positional argument")
    func scalars() throws {
        try travel(true, args: "[true]")
        try travel(7, args: "[7]")
        try travel(Int64.min, args: "[-9223372036854775808]")
        try travel(UInt64.max, args: "[18446744073709551615]")
        try travel(Int8(-5), args: "[-5]")
        try travel(1.5, args: "[1.5]")
        try travel(Float(0.25), args: "[0.25]")
        try travel("text", args: #"["text"]"#)
        try travel(Size.large, args: #"["large"]"#)
        try travel(Wrapped(value: 3), args: "[3]")
        try travel(Date(timeIntervalSince1970: 0.5), args: #"["1970-01-01T00:00:00.500Z"]"#)
        try travel(Data([1, 2, 255]), args: #"["AQL/"]"#)
        try travel(Decimal(string: "1234567890.0123456789"), args: "[1234567890.0123456789]")
        try travel(URL(string: "https://example.org/a?b=c"), args: #"["https://example.org/a?b=c"]"#)
        let id = try #require(UUID(uuidString: "017F22E2-79B0-7CC3-98C4-DC0C0C07398F"))
        try travel(id, args: #"["017F22E2-79B0-7CC3-98C4-DC0C0C07398F"]"#)
    }

    @Test("1.5: NoParameters fills nothing")
    func none() throws {
        try travel(NoParameters())
    }

    @Test("1.5: an optional root may be absent, null or given")
    func optionalRoot() throws {
        try travel(Int?.some(5), args: "[5]")
        try travel(Int?.none, args: "[null]")
        try travel(Date?.some(Date(timeIntervalSince1970: 0)), args: #"["1970-01-01T00:00:00Z"]"#)
        try travel(Wrapped?.some(Wrapped(value: 3)), args: "[3]")
        try travel(["a": 1] as [String: Int]?, kwargs: #"{"a":1}"#)
        try travel([1, 2] as [Int]?, args: "[1,2]")
        #expect(try read(Int?.self) == nil)
        #expect(try read(Action?.self) == nil)
        #expect(try read(Action?.self, kwargs: #"{"stop":{}}"#) == .stop)
    }

    @Test("1.5: properties of every type come back as they were")
    func everything() throws {
        let value = Everything(
            flag: true, whole: -128, large: .max, real: -0.1, text: "é😀\u{0}\"", at: Date(timeIntervalSince1970: 1.125),
            link: try #require(URL(string: "https://example.org")), data: Data([0, 1]), price: Decimal(2) / 100,
            id: UUID(), size: .small, action: .move(x: 1, y: 2), list: [1, nil],
            map: ["k": [.init(timeIntervalSince1970: 0)]],
            nothing: nil)
        let arguments = try JobArguments(encoding: value)
        #expect(try arguments.decode(Everything.self, for: "x") == value)
        let keywords = try arguments.keywords()
        #expect(keywords["at"] == "1970-01-01T00:00:01.125Z")
        #expect(keywords["nothing"] == nil)
        // The same by position, in the order of the properties.
        let order = [
            "flag", "whole", "large", "real", "text", "at", "link", "data", "price", "id", "size", "action", "list",
            "map",
        ]
        let object = try JSONDecoder().decode([String: JSONValue].self, from: arguments.kwargs)
        var args = order.map { object[$0] ?? nil }
        args[2] = 7
        var expected = value
        expected.large = 7
        #expect(try JobArguments(args: args).decode(Everything.self, for: "x") == expected)
    }

    @Test("whole numbers that another language wrote as floating ones are read as whole numbers")
    func floats() throws {
        #expect(try read(Int.self, args: "[1.0]") == 1)
        #expect(try read([UInt8].self, args: "[1.0, 2e1]") == [1, 20])
        #expect(throws: SQJobsError.self) { try read(Int.self, args: "[1.5]") }
        #expect(try read(Double.self, args: "[1]") == 1)
    }

    @Test(
        "numbers that do not fit the type are an error",
        arguments: ["128", "-129", "1e3", "18446744073709551616", "1e400", "true", #""1""#, "null"])
    func overflow(_ number: String) throws {
        #expect(throws: SQJobsError.self) { try read(Int8.self, args: "[\(number)]") }
    }

    @Test("the largest and the smallest numbers are read exactly")
    func extremes() throws {
        #expect(try read(UInt64.self, args: "[18446744073709551615]") == .max)
        #expect(try read([String: Int64].self, kwargs: #"{"a":-9223372036854775808}"#) == ["a": .min])
        #expect(throws: SQJobsError.self) { try read(Int.self, args: "[9223372036854775808]") }
        #expect(try read(Double.self, args: "[1.7976931348623157e308]") == .greatestFiniteMagnitude)
    }

    @Test("a deep structure of an app's own type is read")
    func deepType() throws {
        final class Node: Codable {
            let next: Node?

            init(_ next: Node?) {
                self.next = next
            }
        }
        let chain = (0..<200).reduce(Node(nil)) { node, _ in Node(node) }
        var node: Node? = try JobArguments(encoding: chain).decode(Node.self, for: "x")
        var count = 0
        while let next = node?.next {
            node = next
            count += 1
        }
        #expect(count == 200)
    }
}
