import SQJobsCore
import Testing

@testable import SQJobsSQS

@Suite struct ProfileFileParserTests {
    @Test
    func `sections, settings, comments, blank lines, line ends and indentation are read as AWS's tools read them`()
        throws
    {
        let text = """
            \u{FEFF}# a comment
            ; another

            [default]\r
            Region=eu-west-1\r
            output =   json   # a comment
            url = http://h/#part
            equals = a=b==
            empty =
            [profile   two words ]  ; a comment
            \taws_access_key_id = A
            \taws_secret_access_key = B
            [default]
            region = eu-west-2
            """
        let sections = try ProfileFileParser.parse(text, path: "/c")
        #expect(sections.keys.sorted() == ["default", "profile two words"])
        #expect(
            sections["default"]?.values == [
                "region": "eu-west-2", "output": "json", "url": "http://h/#part", "equals": "a=b==", "empty": "",
            ])
        #expect(sections["profile two words"]?.values == ["aws_access_key_id": "A", "aws_secret_access_key": "B"])
    }

    @Test func `settings below a setting without a value are its own, other indented lines are passed over`() throws {
        let text = """
            [services local]
            sqs =
              endpoint_url = http://127.0.0.1:4566
              # a comment
            sts =
                endpoint_url = http://127.0.0.1:4567
            [default]
            aws_access_key_id = A
                aws_secret_access_key = hidden
            region = eu-west-1
            """
        let sections = try ProfileFileParser.parse(text, path: "/c")
        #expect(
            sections["services local"]?.nested == [
                "sqs": ["endpoint_url": "http://127.0.0.1:4566"], "sts": ["endpoint_url": "http://127.0.0.1:4567"],
            ])
        #expect(sections["default"]?.values == ["aws_access_key_id": "A", "region": "eu-west-1"])
        #expect(sections["default"]?.nested == [:])
    }

    @Test(arguments: [
        ("[default]\nregion eu-west-1-SECRET", "/c, line 2: there is no equals sign"),
        ("\n\nregion = SECRET", "/c, line 3: the setting stands before the first section"),
        ("[default\nregion = SECRET", "/c, line 1: the section's name lacks its closing bracket"),
        ("[default] SECRET", "/c, line 1: there is more after the section's closing bracket"),
        ("# x\r\n[]", "/c, line 2: the section has no name"),
        ("[a]\n = SECRET", "/c, line 2: there is nothing before the equals sign"),
        ("[a]\nsqs =\n  SECRET", "/c, line 3: there is no equals sign"),
    ])
    func `a line that cannot be read is named with its file, and its content is not shown`(
        text: String, message: String
    ) throws {
        let error = try #require(throws: SQJobsError.self) { try ProfileFileParser.parse(text, path: "/c") }
        #expect(error.code == .invalidConfiguration)
        #expect(error.message.hasPrefix(message), "\(error.message)")
        #expect(!error.message.contains("SECRET"))
    }

    @Test func `random files are read or refused, and never crash`() {
        var random = SystemRandomNumberGenerator()
        let seed = random.next()
        var generator = SplitMix(state: seed)
        let pieces = [
            "[", "]", "default", "profile x", "=", " ", "\t", "\n", "\r\n", "#", ";", "sqs", "é", "\u{FEFF}", "\"",
        ]
        for _ in 0..<5_000 {
            let length = Int.random(in: 0...30, using: &generator)
            let text = (0..<length).map { _ in pieces.randomElement(using: &generator) ?? "" }.joined()
            do {
                let sections = try ProfileFileParser.parse(text, path: "/c")
                #expect(!sections.keys.contains(""), "seed \(seed)")
            } catch {
                #expect(error is SQJobsError, "seed \(seed)")
            }
        }
    }

    @Test func `profiles are put together from both files, the credentials file's settings first`() throws {
        let config = """
            [default]
            region = eu-west-1
            [profile default]
            region = eu-west-2
            [profile "two words"]
            region = eu-west-3
            aws_access_key_id = C
            aws_secret_access_key = D
            [other]
            region = nowhere
            [services s]
            sqs =
              endpoint_url = http://h
            """
        let credentials = """
            [two words]
            aws_access_key_id = A
            region = eu-north-1
            [plain]
            aws_access_key_id = E
            """
        let profiles = Profiles(
            config: try ProfileFileParser.parse(config, path: "/c"), configPath: "/c",
            credentials: try ProfileFileParser.parse(credentials, path: "/k"), credentialsPath: "/k")
        #expect(profiles["default"]?["region"] == "eu-west-2")
        #expect(profiles["two words"]?["region"] == "eu-north-1")
        #expect(profiles["plain"]?["aws_access_key_id"] == "E")
        #expect(profiles["other"] == nil)
        #expect(profiles["services s"] == nil)
        #expect(profiles.services["s"]?.nested["sqs"]?["endpoint_url"] == "http://h")
        let error = #expect(throws: SQJobsError.self) { try profiles.require("missing") }
        #expect(error?.message.contains("\"missing\" is neither in /c nor in /k") == true)
    }
}

/// Random numbers that a seed gives back.
private struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
