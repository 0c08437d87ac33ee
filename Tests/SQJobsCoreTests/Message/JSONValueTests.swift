import Foundation
import SQJobsCore
import Testing

@Suite("Values given by hand")
struct JSONValueTests {
    @Test("any JSON value is read and written back as it was")
    func roundTrip() throws {
        let value: JSONValue = [
            nil, true, false, 0, -5, 9_223_372_036_854_775_807, 1.5, -0.25, "", "é\"\\\n", [], [:], [[1], ["k": nil]],
        ]
        let data = try JSONEncoder().encode(value)
        #expect(try JSONDecoder().decode(JSONValue.self, from: data) == value)
    }

    @Test("truth values stay apart from the numbers 0 and 1")
    func booleans() throws {
        let read = try JSONDecoder().decode(JSONValue.self, from: Data("[true,1,false,0,1.0,1.5]".utf8))
        #expect(read == [.bool(true), .int(1), .bool(false), .int(0), .int(1), .double(1.5)])
    }

    @Test("of a repeated key in a literal the last value counts")
    func literal() {
        let value: JSONValue = ["a": 1, "a": 2]
        #expect(value == .object(["a": 2]))
    }

    @Test("what Python calls false", arguments: [nil, false, 0, 0.0, "", [], [:]] as [JSONValue])
    func falsy(_ value: JSONValue) {
        #expect(value.isFalsy)
    }

    @Test("what Python calls true", arguments: [true, 1, -0.5, "0", [nil], ["": nil]] as [JSONValue])
    func truthy(_ value: JSONValue) {
        #expect(!value.isFalsy)
    }
}
