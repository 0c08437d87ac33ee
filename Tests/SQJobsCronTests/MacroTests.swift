import Foundation
import Testing

@testable import SQJobsCron

@Suite("6.5: macros, time zones and H")
struct MacroTests {
    @Test(
        "6.5: a macro stands for five fields",
        arguments: [
            ("@yearly", "0 0 1 1 *"), ("@annually", "0 0 1 1 *"), ("@monthly", "0 0 1 * *"), ("@weekly", "0 0 * * 0"),
            ("@daily", "0 0 * * *"), ("@midnight", "0 0 * * *"), ("@hourly", "0 * * * *"), ("  @hourly\n", "0 * * * *"),
        ])
    func macros(_ macro: String, _ fields: String) throws {
        #expect(try parse(macro) == parse(fields))
        #expect(try parse("TZ=Asia/Kathmandu \(macro)") == parse("TZ=Asia/Kathmandu \(fields)"))
    }

    @Test("6.5: @reboot is an error that says why")
    func reboot() throws {
        let error = try #require(throws: CronError.self) { try parse("@reboot") }
        #expect(error.text == "@reboot")
        #expect(error.description.contains("when the machine starts"))
    }

    @Test(
        "6.5: a macro must be known, and stand alone",
        arguments: ["@", "@dayly", "@daily 5", "@daily *", "5 @daily", "@@daily"])
    func wrongMacros(_ text: String) {
        #expect(throws: CronError.self) { try parse(text) }
    }

    @Test("6.5: CRON_TZ= and TZ= win over the zone asked for", arguments: ["CRON_TZ=", "TZ="])
    func timeZone(_ key: String) throws {
        let cron = try parse("\(key)America/New_York 30 9 * * *")
        #expect(cron.timeZone == TimeZone(identifier: "America/New_York"))
        #expect(
            try cron.next(after: try utc("2026-07-01 00:00"), in: try zone("Asia/Tokyo")) == utc("2026-07-01 13:30"))
        #expect(try cron.previous(before: try utc("2026-07-01 00:00"), in: try zone("UTC")) == utc("2026-06-30 13:30"))
        let firing = try #require(
            Array(cron.firings(after: try utc("2026-07-01 00:00"), in: try zone("UTC")).prefix(1)).first)
        #expect(firing.timeZone.identifier == "America/New_York")
        #expect(firing.local.description == "2026-07-01 09:30:00")
        #expect(try parse("30 9 * * *").timeZone == nil)
    }

    @Test(
        "6.5: a wrong time zone is an error at its name",
        arguments: ["Europe/Madird", "", "/etc/passwd", "../../etc/localtime", "Europe/Madrid\u{0}", "Ω"])
    func wrongTimeZone(_ name: String) throws {
        let error = try #require(throws: CronError.self) { try parse("CRON_TZ=\(name) 0 0 * * *") }
        #expect(error.text == name)
        #expect(error.field == nil)
        #expect(error.expected.contains("Europe/Madrid"))
    }

    @Test(
        "6.5: no other setting stands in front",
        arguments: ["FOO=bar 0 0 * * *", "=UTC 0 0 * * *", "TZ=UTC TZ=UTC 0 0 * * *"])
    func otherSettings(_ text: String) {
        #expect(throws: CronError.self) { try parse(text) }
    }

    // MARK: H

    @Test("6.5: H is one value of the field, and the same seed always chooses the same")
    func hash() throws {
        for seed in ["nightly", "report", "", "ñandú", "a", "b"] {
            let cron = try parse("H H H H H", seed: seed)
            #expect(try cron == parse("H H H H H", seed: seed))
            for field in cron.resolvedText.split(separator: " ") {
                #expect(Int(field) != nil, "\(cron.resolvedText)")
            }
        }
    }

    @Test("6.5: the values that H chooses never change from one release to the next")
    func stableHash() throws {
        #expect(try parse("H H H H H H", seed: "nightly_report").resolvedText == "42 23 19 24 2 5")
        #expect(try parse("H/15 H(0-7) H/10 * *", seed: "nightly_report").resolvedText == "8,23,38,53 3 6,16,26 * *")
        #expect(try parse("H(22-4) 3 * * H", seed: "clean_up").resolvedText == "55 3 * * 1")
    }

    @Test("6.5: H spreads jobs over all values that every month and week has, about evenly")
    func spread() throws {
        func chosen(_ text: String, _ field: Int) throws -> [Int: Int] {
            var counts: [Int: Int] = [:]
            for number in 0..<1_800 {
                let fields = try parse(text, seed: "job-\(number)").resolvedText.split(separator: " ")
                counts[try #require(Int(fields[field])), default: 0] += 1
            }
            return counts
        }
        let expectations: [(String, Int, [Int])] = [
            ("H 3 * * *", 0, Array(0...59)), ("0 H * * *", 1, Array(0...23)), ("0 0 H * *", 2, Array(1...28)),
            ("0 0 1 H *", 3, Array(1...12)), ("0 0 * * H", 4, Array(0...6)), ("H(5-14) 3 * * *", 0, Array(5...14)),
            ("0 H(22-4) * * *", 1, [0, 1, 2, 3, 4, 22, 23]), ("0 0 * * H(MON-FRI)", 4, Array(1...5)),
        ]
        for (text, field, values) in expectations {
            let counts = try chosen(text, field)
            #expect(counts.keys.sorted() == values, "\(text)")
            let mean = 1_800 / values.count
            #expect(counts.values.allSatisfy { $0 > mean / 3 && $0 < mean * 2 }, "\(text) \(counts)")
        }
    }

    @Test("6.5: H/n is every n-th value from one of the first n")
    func hashStep() throws {
        for number in 0..<200 {
            let text = try parse("H/15 H(8-17)/4 * * *", seed: "job-\(number)").resolvedText.split(separator: " ")
            let minutes = text[0].split(separator: ",").compactMap { Int($0) }
            let hours = text[1].split(separator: ",").compactMap { Int($0) }
            #expect((0..<15).contains(minutes[0]))
            #expect(minutes == Array(stride(from: minutes[0], to: 60, by: 15)))
            #expect((8..<12).contains(hours[0]))
            #expect(hours == Array(stride(from: hours[0], through: 17, by: 4)))
        }
        #expect(try parse("H/99 3 * * *", seed: "a").resolvedText.split(separator: " ")[0].contains(",") == false)
    }

    @Test("6.5: two fields with H are chosen apart from each other")
    func fieldsDiffer() throws {
        let equal = try (0..<600).filter {
            let fields = try parse("H H(0-23) * * *", seed: "job-\($0)").resolvedText.split(separator: " ")
            return fields[0] == fields[1]
        }
        #expect(equal.count < 60)
    }

    @Test("6.5: H stands in lists")
    func hashInLists() throws {
        let cron = try parse("0,H(10-19),H(30-39) 3 * * *", seed: "seed")
        let minutes = cron.resolvedText.split(separator: " ")[0].split(separator: ",").compactMap { Int($0) }
        #expect(minutes.count == 3 && minutes[0] == 0)
        #expect((10...19).contains(minutes[1]) && (30...39).contains(minutes[2]))
    }

    @Test("6.5: without a seed H is an error that says so", arguments: ["H 3 * * *", "0 0 * * H(1-5)", "H/15 * * * *"])
    func noSeed(_ text: String) throws {
        let error = try #require(throws: CronError.self) { try parse(text) }
        #expect(error.description.contains("seed"))
    }

    @Test(
        "6.5: H is written in one way",
        arguments: [
            "HH", "H5", "H-5", "H(5)", "H(", "H()", "H(5-", "H(5-9", "H(5-9)x", "H(-)", "H(60-61)", "1-H", "H#2", "HL",
        ])
    func wrongHash(_ item: String) {
        #expect(throws: CronError.self) { try parse("\(item) 3 * * *", seed: "seed") }
    }
}
