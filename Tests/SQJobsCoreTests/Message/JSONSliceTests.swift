import Foundation
import Testing

@testable import SQJobsCore

@Suite("JSON in slices")
struct JSONSliceTests {
    private func members(_ json: String) throws -> [String] {
        var members: [String] = []
        try JSONSlice.of(Data(json.utf8)) { object in
            try object.members { key, value in
                members.append("\(try key.string() ?? "")=\(String(decoding: value.data, as: UTF8.self))")
            }
        }
        return members
    }

    @Test("members and elements are visited in order, whatever stands in them")
    func order() throws {
        #expect(
            try members(#" { "a" : [1, {"]": "}"}] , "b":"\\" , "c":-1.5e3 }"#) == [
                #"a=[1, {"]": "}"}]"#, #"b="\\""#, "c=-1.5e3",
            ])
        var elements: [String] = []
        try JSONSlice.of(Data(#"[ "x" , [2] ,null]"#.utf8)) { array in
            try array.elements { elements.append(String(decoding: $0.data, as: UTF8.self)) }
        }
        #expect(elements == [#""x""#, "[2]", "null"])
    }

    @Test("strings are read as JSON has them; null is none, and anything else an error")
    func strings() throws {
        func string(_ json: String) throws -> String? {
            try JSONSlice.of(Data(json.utf8)) { try $0.string() }
        }
        #expect(try string(#""plain/é☃""#) == "plain/é☃")
        #expect(try string(#""a\"b\u0041\ud83d\ude00\n""#) == "a\"bA😀\n")
        #expect(try string("null") == nil)
        for wrong in ["7", "[]", "\"a\u{1}\"", #""\x""#] {
            #expect(throws: JSONSlice.Malformed.self) { try string(wrong) }
        }
    }

    @Test("a key is recognised also when it is written with escapes")
    func keys() throws {
        var found = 0
        try JSONSlice.of(Data(#"{"na\u006de":1,"nam":2,"names":3}"#.utf8)) { object in
            try object.members { key, _ in if key.isString("name") { found += 1 } }
        }
        #expect(found == 1)
    }

    @Test("a key that stands twice is found among few keys, among many, and behind escapes")
    func twice() throws {
        for count in [2, 16, 17, 40] {
            let keys = (0..<count).map { "\"k\($0)\":1" }
            #expect(try members("{\(keys.joined(separator: ","))}").count == count)
            for key in [0, count - 1] {
                #expect(throws: JSONSlice.Malformed.self) {
                    try members("{\(keys.joined(separator: ",")),\(keys[key])}")
                }
            }
        }
        #expect(throws: JSONSlice.Malformed.self) { try members(#"{"a":1,"\u0061":2}"#) }
        #expect(throws: JSONSlice.Malformed.self) { try members(#"{"\u0061":1,"a":2}"#) }
    }

    @Test("what is not whole is an error that says at which byte")
    func malformed() throws {
        for (json, place) in [(#"{"a":1"#, 6), ("[1,]", 3), ("{}x", 2), (#"{"a":"b}"#, 8)] {
            let error = #expect(throws: JSONSlice.Malformed.self) {
                try JSONSlice.of(Data(json.utf8)) { slice in
                    json.hasPrefix("[") ? try slice.elements { _ in } : try slice.members { _, _ in }
                }
            }
            #expect(error?.description.hasSuffix("at byte \(place)") == true, "\(String(describing: error))")
        }
    }

    @Test("what is written is read again by Foundation")
    func writing() throws {
        var json = JSONWriter()
        try json.object { json in
            try json.member("plain", "a/b")
            try json.member("escaped", "\"\\\n\u{1}é😀")
            try json.member("absent", nil as String?)
            json.member("number", -7)
            json.member("json", json: Data("[true]".utf8))
            try json.array("list") { json in
                try json.object { try $0.member("x", "1") }
                json.object { _ in }
            }
            try json.object(named: "a \"key\"") { try $0.member("y", "2") }
            json.member("last", 0)
        }
        let read = try JSONDecoder().decode([String: JSONValue].self, from: Data(json.bytes))
        #expect(
            read == [
                "plain": "a/b", "escaped": "\"\\\n\u{1}é😀", "number": -7, "json": [true],
                "list": [["x": "1"], [:]], "a \"key\"": ["y": "2"], "last": 0,
            ])
        #expect(String(decoding: json.bytes, as: UTF8.self).contains(#""a/b""#), "slashes go without escapes")
    }
}
