import Foundation
import SQJobsCore
import Testing

@Suite("Dates in arguments")
struct DateTests {
    let date = Date(timeIntervalSince1970: 1_795_339_800)  // 2026-11-22T09:30:00Z

    func read(_ text: String) throws -> Date {
        try JobArguments(args: [.string(text)]).decode(Date.self, for: "x")
    }

    @Test("1.6: dates are written as ISO 8601 in UTC")
    func written() throws {
        func text(_ date: Date) throws -> String {
            String(decoding: try JobArguments(encoding: date).args, as: UTF8.self)
        }
        #expect(try text(date) == #"["2026-11-22T09:30:00Z"]"#)
        #expect(try text(date.addingTimeInterval(0.25)) == #"["2026-11-22T09:30:00.250Z"]"#)
        #expect(try text(date.addingTimeInterval(0.001)) == #"["2026-11-22T09:30:00.001Z"]"#)
        #expect(try text(date.addingTimeInterval(-0.0001)) == #"["2026-11-22T09:30:00Z"]"#)
        #expect(try text(Date(timeIntervalSince1970: 0)) == #"["1970-01-01T00:00:00Z"]"#)
    }

    @Test("1.6: a date comes back to the millisecond")
    func roundTrip() throws {
        let seed = UInt64.random(in: 0 ... .max)
        var random = SplitMix64(seed)
        for _ in 0..<500 {
            let date = Date(timeIntervalSince1970: .random(in: -2_000_000_000..<8_000_000_000, using: &random))
            let back = try read(WireDate.text(date))
            #expect(abs(back.timeIntervalSince(date)) <= 0.000_51, "seed \(seed): \(date.timeIntervalSince1970)")
        }
    }

    @Test(
        "1.6: the forms of other producers are read",
        arguments: [
            "2026-11-22T09:30:00Z", "2026-11-22 09:30:00", "2026-11-22T09:30:00.000Z", "2026-11-22T09:30:00+00:00",
            "2026-11-22T10:30:00+01:00", "2026-11-22T04:30:00-05:00", "2026-11-22T15:15:00+05:45",
            "2026-11-22T09:30:00.000000+00:00", "2026-11-22T09:30:00",
            "2026-11-22 09:30:00+00", "2026-11-22T04:30:00-0500", "2026-11-22T04:30:00-05",
        ])
    func forms(_ text: String) throws {
        #expect(try read(text) == date)
    }

    @Test("1.6: fractions of a second are read")
    func fractions() throws {
        for text in ["2026-11-22T09:30:00.5Z", "2026-11-22T09:30:00.500000Z", "2026-11-22 09:30:00.500"] {
            #expect(abs(try read(text).timeIntervalSince(date) - 0.5) < 0.001, "\(text)")
        }
    }

    @Test("1.6: a day is its midnight in UTC")
    func day() throws {
        #expect(try read("2026-11-22") == Date(timeIntervalSince1970: 1_795_305_600))
        #expect(try read("1969-12-31") == Date(timeIntervalSince1970: -86_400))
    }

    @Test(
        "what is no date is an error that names the job and the property",
        arguments: [
            "", "yesterday", "2026-13-01", "2026-11-22T25:00:00Z", "2026-02-30", "22/11/2026", "2026-11-22x",
            "2026-11-22T09:30:00Z trailing", "2026-11-22 09:30", "1795339800",
            "2026-11-22T09:30:60Z", "2026-11-22T09:60:00Z", "2026-11-22T", "2026-11-22T09:30:00.Z",
            "2026-11-22T09:30:00+1", "2026-11-22T09:30:00+01:", "2026-11-22T09:30:00+01:60", "2027-02-29", "+026-11-22",
            "２０２６-11-22", "2026-11-22T09:30:00ZZ",
        ])
    func noDates(_ text: String) throws {
        struct Parameters: Codable {
            var due: Date
        }
        #expect(throws: SQJobsError.self) { try read(text) }
        let arguments = try JobArguments(kwargs: ["due": .string(text)])
        let error = try #require(throws: SQJobsError.self) { try arguments.decode(Parameters.self, for: "bill") }
        #expect(error.message.contains("“bill”") && error.message.contains("“due”"))
        #expect(text.isEmpty || !error.message.contains(text))
    }
}
