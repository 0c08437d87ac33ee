import Foundation
import SQJobsCore
import Testing

@Suite("Reading a message")
struct MessageReadingTests {
    static func base64(_ json: String) -> String {
        Data(json.utf8).base64EncodedString()
    }

    func decode(_ json: String, messageID: String = "m") throws -> JobMessage {
        let plain = try MessageCodec.decode(json, messageID: messageID)
        let encoded = try MessageCodec.decode(Self.base64(json), messageID: messageID)
        #expect(plain.id == encoded.id && plain.name == encoded.name)
        #expect(plain.arguments.args == encoded.arguments.args && plain.arguments.kwargs == encoded.arguments.kwargs)
        return encoded
    }

    func reason(_ body: String) throws -> String {
        let error = try #require(throws: SQJobsError.self) { try MessageCodec.decode(body, messageID: "m") }
        #expect(error.code == .unreadableMessage)
        return error.message
    }

    @Test("1.1: what the Python library and PHP producers write is read")
    func producers() throws {
        // json.dumps and json_encode, each with its own spaces, escapes and idea of an empty map.
        let python = try decode(
            #"{"id": "2f1c", "name": "adder_job", "args": [1, 2.5, "\u00e9\ud83d\ude00"], "kwargs": {"a": null}}"#)
        #expect(python.id == "2f1c" && python.name == "adder_job")
        #expect(try python.arguments.positional() == [1, 2.5, "é😀"])
        #expect(try python.arguments.keywords() == ["a": nil])
        let php = try decode(#"{"name":"adder_job","args":[1,2],"kwargs":[]}"#, messageID: "m-1")
        #expect(php.id == "m-1")
        #expect(try php.arguments.positional() == [1, 2])
        #expect(try php.arguments.keywords() == [:])
    }

    @Test("1.2: an id that is missing or null is the broker's message id", arguments: ["", #""id":null,"#])
    func missingID(_ id: String) throws {
        #expect(try decode("{\(id)\"name\":\"x\",\"args\":[],\"kwargs\":{}}", messageID: "m-7").id == "m-7")
    }

    @Test(
        "1.2: args and kwargs that Python calls false are empty",
        arguments: ["null", "[]", "{}", #""""#, "0", "0.0", "-0", "0e5", "false", "[ ]", "{ }", " [\n] "])
    func falsy(_ value: String) throws {
        let message = try decode("{\"name\":\"x\",\"args\":\(value),\"kwargs\":\(value)}")
        #expect(try message.arguments.positional() == [])
        #expect(try message.arguments.keywords() == [:])
        _ = try message.arguments.decode(NoParameters.self, for: "x")
    }

    @Test(
        "1.2: args and kwargs that Python calls true and that are of the wrong type are an error that says which",
        arguments: ["1", "true", #""a""#, "-0.5"])
    func wrongType(_ value: String) throws {
        #expect(try reason("{\"name\":\"x\",\"args\":\(value)}").contains("its “args” is not an array"))
        #expect(try reason("{\"name\":\"x\",\"kwargs\":\(value)}").contains("its “kwargs” is not an object"))
        #expect(try reason(#"{"name":"x","args":{"a":1}}"#).contains("its “args” is not an array"))
        #expect(try reason(#"{"name":"x","kwargs":[1]}"#).contains("its “kwargs” is not an object"))
    }

    @Test("1.2: missing args and kwargs are empty")
    func missingArguments() throws {
        let message = try decode(#"{"name":"x"}"#)
        #expect(try message.arguments.positional() == [])
        #expect(try message.arguments.keywords() == [:])
    }

    @Test("1.2: unknown keys are ignored")
    func unknownKeys() throws {
        let message = try decode(
            #"{"v":{"a":["}"]},"name":"x","args":[1],"kwargs":{},"queue":"q","retries":[[],{"b":"]"}],"n":-1.5e3}"#)
        #expect(message.name == "x")
        #expect(try message.arguments.positional() == [1])
    }

    @Test("1.2: a body that starts with a brace, also after white space, is JSON that nobody encoded")
    func plainJSON() throws {
        #expect(try MessageCodec.decode(" \r\n\t{\"name\":\"x\"}\n", messageID: "m").name == "x")
    }

    @Test("1.2: white space in base64, as MIME encoders put it, is skipped")
    func wrappedBase64() throws {
        let body = Self.base64(#"{"name":"x","args":["\#(String(repeating: "long ", count: 40))"]}"#)
        let lines = stride(from: 0, to: body.count, by: 76).map { String(body.dropFirst($0).prefix(76)) }
        #expect(try MessageCodec.decode(lines.joined(separator: "\r\n") + "\n", messageID: "m").name == "x")
    }

    @Test(
        "1.2: Python's bare NaN and Infinity are an error that says so",
        arguments: ["NaN", "Infinity", "-Infinity", "[1, NaN]", #"{"k": [Infinity]}"#])
    func nonFinite(_ number: String) throws {
        for key in ["args", "kwargs"] {
            let container = key == "args" ? "[\(number)]" : "{\"a\": \(number)}"
            let message = try decode("{\"name\":\"x\",\"\(key)\":\(container)}")
            let error = try #require(throws: SQJobsError.self) {
                try message.arguments.decode(NoParameters.self, for: "x")
            }
            #expect(error.code == .invalidArguments)
            #expect(error.message.contains(number.contains("NaN") ? "Python's NaN" : "Python's Infinity"))
        }
        #expect(try reason("{\"name\":\"x\",\"args\":NaN}").contains("Python's NaN"))
        let harmless = try decode(#"{"name":"x","args":["NaN","\"Infinity"]}"#)
        #expect(try harmless.arguments.positional() == ["NaN", "\"Infinity"])
        let other = try #require(throws: SQJobsError.self) { try harmless.arguments.decode([Int].self, for: "x") }
        #expect(!other.message.contains("Python"))
    }

    @Test("a key that stands twice is an error, for nobody can say which value counts")
    func duplicateKeys() throws {
        #expect(try reason(#"{"name":"x","name":"y"}"#).contains("the key “name” stands twice"))
        #expect(try reason(#"{"name":"x","args":[],"args":[1]}"#).contains("the key “args” stands twice"))
        #expect(try reason(#"{"name":"x","kwargs":{"a":1,"a":2}}"#).contains("the key “a” stands twice"))
        #expect(try reason(#"{"name":"x","n\u0061me":"y"}"#).contains("stands twice"))
    }

    @Test(
        "a body that is no message is an error with a reason",
        arguments: [
            ("", "it is empty"), ("  \n", "it is empty"), ("e30", "neither base64"), ("not base64!", "neither base64"),
            ("[]", "neither base64"), ("é", "neither base64"), ("{", "a key in double quotes is missing"),
            ("{}", "it has no “name”"), (#"{"name":""}"#, "it has no “name”"), (#"{"name":null}"#, "it has no “name”"),
            (#"{"name":5}"#, "its “name” is not a string"), (#"{"id":5,"name":"x"}"#, "its “id” is not a string"),
            (#"{"name":"x"}}"#, "text after the object"), (#"{"name":"x",}"#, "a key in double quotes"),
            (#"{"name" "x"}"#, "“:” is missing"), (#"{"name":"x" "a":1}"#, "a comma or } is missing"),
            (#"{"name":}"#, "a value is missing"), (#"{"name":"x"#, "a string is not closed"),
            (#"{"name":"x\"#, "a string is not closed"), (#"{"name":["x"}"#, "its “name” is not a string"),
            (#"{"a":["x"}"#, "the object is not closed"),
            (#"{name:"x"}"#, "a key in double quotes"), (#"{"name":"\x"}"#, "its “name” is not a string"),
            (MessageReadingTests.base64("[1]"), "“{” is missing"),
            (MessageReadingTests.base64("\"text\""), "“{” is missing"),
        ])
    func unreadable(_ body: String, _ expected: String) throws {
        #expect(try reason(body).contains(expected))
    }

    @Test("bytes that are not UTF-8 are an error wherever they matter")
    func notUTF8() throws {
        func body(_ parts: [UInt8]...) -> String { Data(parts.flatMap(\.self)).base64EncodedString() }
        let bad: [UInt8] = [0xC3, 0x28, 0xFF]
        #expect(try reason(body(Array(#"{"name":""#.utf8), bad, Array(#""}"#.utf8))).contains("its “name”"))
        #expect(try reason(body(Array(#"{""#.utf8), bad, Array(#"":1,"name":"x"}"#.utf8))).contains("UTF-8"))
        let inArguments = try MessageCodec.decode(
            body(Array(#"{"name":"x","args":[""#.utf8), bad, Array(#""]}"#.utf8)), messageID: "m")
        #expect(throws: SQJobsError.self) { try inArguments.arguments.decode([String].self, for: "x") }
    }

    @Test("10,000 brackets are an error, not a crash")
    func deep() throws {
        for (open, close) in [("[", "]"), (#"{"a":"#, "}")] {
            let nested = String(repeating: open, count: 10_000) + "1" + String(repeating: close, count: 10_000)
            let message = try decode("{\"name\":\"x\",\"args\":[\(nested)],\"extra\":\(nested)}")
            #expect(throws: SQJobsError.self) { try message.arguments.decode([JSONValue].self, for: "x") }
            #expect(throws: (any Error).self) { try message.arguments.positional() }
            #expect(throws: SQJobsError.self) { try MessageCodec.decode(nested, messageID: "m") }
            #expect(throws: SQJobsError.self) {
                try MessageCodec.decode("{\"name\":\(nested)}", messageID: "m")
            }
        }
    }

    @Test("100 levels are read")
    func nested() throws {
        let nested = String(repeating: "[", count: 100) + String(repeating: "]", count: 100)
        let message = try decode("{\"name\":\"x\",\"args\":\(nested)}")
        #expect(try message.arguments.decode([JSONValue].self, for: "x").count == 1)
    }

    @Test("a megabyte is read")
    func large() throws {
        let text = String(repeating: "0123456789abcdef", count: 65_536)
        let message = try decode("{\"name\":\"x\",\"args\":[\"\(text)\"]}")
        #expect(try message.arguments.decode(String.self, for: "x") == text)
        #expect(throws: SQJobsError.self) { try MessageCodec.decode(text, messageID: "m") }
    }

    @Test("no error shows a message's arguments")
    func secrets() throws {
        let bodies = [
            #"{"name":"x","args":"hunter2"}"#, #"{"name":"x","args":["hunter2","#, #"{"args":["hunter2"]}"#,
            #"{"name":"x","kwargs":["hunter2"]}"#, #"{"name":"x","args":["hunter2"]} hunter2"#,
        ]
        for body in bodies { #expect(try !reason(body).contains("hunter2")) }
    }
}
