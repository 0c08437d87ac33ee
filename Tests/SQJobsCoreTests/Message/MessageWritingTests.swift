import Foundation
import SQJobsCore
import Testing

@Suite("Writing a message")
struct MessageWritingTests {
    func json(_ message: JobMessage) throws -> String {
        let data = try #require(Data(base64Encoded: try MessageCodec.encode(message)))
        return String(decoding: data, as: UTF8.self)
    }

    @Test("1.1: the body is standard base64, padded and on one line, of UTF-8 JSON")
    func base64() throws {
        for count in 0..<9 {
            let text = String(repeating: "é", count: count * 40)
            let message = JobMessage(id: "1", name: "x", arguments: try JobArguments(args: [.string(text)]))
            let body = try MessageCodec.encode(message)
            #expect(body.count % 4 == 0)
            #expect(body.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "+/=".contains($0)) })
            #expect(try json(message) == #"{"id":"1","name":"x","args":["\#(text)"],"kwargs":{}}"#)
        }
    }

    @Test("1.3: exactly four keys are written, in the order id, name, args, kwargs")
    func keys() throws {
        let arguments = try JobArguments(args: [1, "two", nil, true], kwargs: ["b": [1.5], "a": ["k": "v/w"]])
        let written = try json(JobMessage(id: "0193", name: "adder_job", arguments: arguments))
        #expect(
            written
                == #"{"id":"0193","name":"adder_job","args":[1,"two",null,true],"kwargs":{"a":{"k":"v/w"},"b":[1.5]}}"#)
        let empty = try json(JobMessage(id: "1", name: "x", arguments: JobArguments()))
        #expect(empty == #"{"id":"1","name":"x","args":[],"kwargs":{}}"#)
    }

    @Test(
        "1.3: an id or a name of any text is written so that it is read back",
        arguments: ["plain", "", "with \"quotes\" and \\", "line\nbreak\t\u{1}", "ключ 😀", "a/b#1", "\u{7F}\u{2028}"])
    func texts(_ text: String) throws {
        let message = JobMessage(id: text, name: "n" + text, arguments: try JobArguments())
        let body = try MessageCodec.encode(message)
        let read = try MessageCodec.decode(body, messageID: "other")
        #expect(read.id == text)
        #expect(read.name == "n" + text)
        let object = try #require(Data(base64Encoded: body))
        #expect(try JSONSerialization.jsonObject(with: object) is [String: Any])
    }

    @Test("1.3: the same arguments always give the same bytes")
    func stable() throws {
        let kwargs = Dictionary(uniqueKeysWithValues: (0..<40).map { ("key\($0)", JSONValue.int($0)) })
        let bodies = try (0..<10).map { _ in
            let shuffled = Dictionary(uniqueKeysWithValues: kwargs.shuffled())
            return try MessageCodec.encode(
                JobMessage(id: "1", name: "x", arguments: JobArguments(kwargs: shuffled)))
        }
        #expect(Set(bodies).count == 1)
    }

    @Test("numbers that JSON does not have cannot be written, and the error does not show them")
    func nonFinite() throws {
        struct Parameters: Codable {
            var inner: [Double]
        }
        for value in [Double.nan, .infinity, -.infinity] {
            let byHand = #expect(throws: SQJobsError.self) { try JobArguments(args: [.double(value)]) }
            #expect(byHand?.code == .unencodableArguments)
            let typed = #expect(throws: SQJobsError.self) { try JobArguments(encoding: Parameters(inner: [value])) }
            #expect(typed?.code == .unencodableArguments)
            #expect(typed?.message.contains("inner") == true)
        }
    }
}
