import Foundation
import Testing

@testable import SQJobsCron

@Suite("A cron expression as a value")
struct ExpressionTests {
    @Test("a literal is an expression")
    func literal() throws {
        let cron: CronExpression = "1 0 * * *"
        #expect(try cron == parse("1 0 * * *"))
        #expect(cron.description == "1 0 * * *")
    }

    @Test("a wrong literal stops the program with the parser's message")
    func wrongLiteral() async throws {
        let result = await #expect(
            processExitsWith: .failure,
            observing: [\.standardErrorContent]
        ) {
            let cron: CronExpression = "1 25 * * *"
            print(cron)
        }
        let message = String(decoding: try #require(result).standardErrorContent, as: UTF8.self)
        #expect(message.contains("hour field: \"25\" is out of range; expected a number from 0 to 23"))
    }

    @Test("description is the text as it was written, without white space around it")
    func description() throws {
        #expect(try parse("  1  0 * *\tmon \n").description == "1  0 * *\tmon")
        #expect(try parse("@daily").description == "@daily")
        #expect(try parse("H 3 * * *", seed: "a").description == "H 3 * * *")
        #expect(try parse("CRON_TZ=Europe/Madrid 0 0 * * *").description == "CRON_TZ=Europe/Madrid 0 0 * * *")
    }

    @Test(
        "equal by meaning, and equally hashed",
        arguments: [
            ("0 0 * * 0", "@weekly"), ("0 0 * * SUN", "0 0 * * 7"), ("*/1 * * * *", "* * * * *"),
            ("0 0 1 1 *", "0 0 01 JAN ?"), ("1,2,3 0 * * *", "3,1-2,2 0 * * *"), ("0 0 * * *", "0 0 0 * * *"),
            ("0 0 1-31 * MON", "0 0 * * *"), ("0 0 1-31 * *", "0 0 * * *"), ("0 0 L * *", "0 0 31,L * *"),
            ("0 0 31 * *", "0 0 31 1,3,5,7,8,10,12 *"), ("0 0 31 2,3 *", "0 0 31 3 *"),
            ("0 0 * * FRI#1,FRI#2,FRI#3,FRI#4,FRI#5", "0 0 * * FRI"), ("0 0 * * FRIL,FRI#5", "0 0 * * FRIL"),
            ("0 0 29,30,31 2 *", "0 0 29 2 *"), ("0 0 L 1 *", "0 0 31 1 *"), ("0-59 * * * *", "* * * * *"),
            ("0 0 * 1 1,2", "0 0 * 1 MON-TUE"), ("TZ=UTC 0 0 * * *", "CRON_TZ=UTC 0 0 * * *"),
        ])
    func equality(_ left: String, _ right: String) throws {
        #expect(try parse(left) == parse(right))
        #expect(try Set([parse(left), parse(right)]).count == 1)
    }

    @Test(
        "different in meaning",
        arguments: [
            ("0 0 * * *", "0 1 * * *"), ("0 0 * * *", "1 0 * * *"), ("0 0 0 * * *", "1 0 0 * * *"),
            ("0 0 13 * FRI", "0 0 13 * */5"), ("0 0 */2 * MON", "0 0 1/2 * MON"), ("0 0 * * MON", "0 0 * * TUE"),
            ("0 0 1 1 *", "0 0 1 2 *"), ("TZ=UTC 0 0 * * *", "0 0 * * *"),
            ("TZ=Europe/Madrid 0 0 * * *", "TZ=Europe/Paris 0 0 * * *"),
            ("0 0 L * *", "0 0 31 * *"), ("0 0 15W * *", "0 0 15 * *"), ("0 0 28 2 *", "0 0 L 2 *"),
            // They match the same readings, but only the first fires twice at those that come twice.
            ("* * * * *", "0-59 0-23 * * *"), ("*/30 2 * * *", "0,30 2 * * *"),
        ])
    func inequality(_ left: String, _ right: String) throws {
        #expect(try parse(left) != parse(right))
    }

    @Test(
        "Codable as its text", arguments: ["1 0 * * *", "CRON_TZ=Asia/Tehran */5 9-17 * JAN-MAR MON#2,FRIL", "@hourly"])
    func codable(_ text: String) throws {
        let data = try JSONEncoder().encode([parse(text)])
        #expect(try JSONDecoder().decode([String].self, from: data) == [text])
        #expect(try JSONDecoder().decode([CronExpression].self, from: data) == [parse(text)])
    }

    @Test("an expression with H is encoded with the values that the seed chose, so that it reads back without the seed")
    func codableHash() throws {
        for text in ["H 3 * * *", "TZ=UTC 0 H/6 H(5-9) * FRIL", " H(0-29)/10,H(40-49) H H H H "] {
            let cron = try parse(text, seed: "nightly")
            let data = try JSONEncoder().encode([cron])
            #expect(try JSONDecoder().decode([CronExpression].self, from: data) == [cron])
            #expect(try parse(cron.resolvedText) == cron)
        }
    }

    @Test("6.5: a literal with H waits for its seed, and then is what the seed makes of its text")
    func seedLater() throws {
        let literal: CronExpression = "H H(0-3) * * MON"
        #expect(literal.needsSeed)
        #expect(literal.description == "H H(0-3) * * MON")
        #expect(literal.explanation.contains("H H(0-3) * * MON"))
        for seed in ["nightly", "weekly"] {
            let seeded = try literal.seeded(by: seed)
            #expect(!seeded.needsSeed)
            #expect(seeded == (try parse("H H(0-3) * * MON", seed: seed)))
            #expect(seeded != literal)
            #expect(try seeded.seeded(by: "another").resolvedText == seeded.resolvedText)
        }
        #expect(literal == "H H(0-3) * * MON")
        #expect(literal != "H H * * MON")
        #expect(throws: EncodingError.self) { try JSONEncoder().encode([literal]) }
        let plain: CronExpression = "1 0 * * *"
        #expect(!plain.needsSeed)
        #expect(try plain.seeded(by: "nightly") == plain)
    }

    @Test("6.5: a literal with H that has no seed answers with no times: it stops the program")
    func unseededTimes() async {
        await #expect(processExitsWith: .failure) {
            let literal: CronExpression = "H 3 * * *"
            _ = literal.next(after: Date(timeIntervalSince1970: 0), in: .gmt)
        }
    }

    @Test("decoding a wrong text fails with the parser's message")
    func wrongText() throws {
        let error = try #require(throws: DecodingError.self) {
            try JSONDecoder().decode([CronExpression].self, from: Data(#"["1 25 * * *"]"#.utf8))
        }
        guard case .dataCorrupted(let context) = error else {
            Issue.record("\(error)")
            return
        }
        #expect(context.debugDescription.contains("hour field: \"25\" is out of range"))
        #expect(throws: DecodingError.self) { try JSONDecoder().decode([CronExpression].self, from: Data("[5]".utf8)) }
    }

    @Test("fireTimes is lazy, and gives what next gives again and again")
    func sequence() throws {
        let cron = try parse("*/17 3-5 * * *")
        let madrid = try zone("Europe/Madrid")
        let start = try utc("2026-03-27 00:00")
        var expected: [Date] = []
        while expected.count < 300, let next = cron.next(after: expected.last ?? start, in: madrid) {
            expected.append(next)
        }
        let times = cron.fireTimes(after: start, in: madrid)
        #expect(Array(times.prefix(300)) == expected)
        #expect(Array(times.prefix(3)) == Array(expected.prefix(3)), "a sequence can be gone through again")
        #expect(cron.firings(after: start, in: madrid).prefix(300).map(\.date) == expected)
    }

    @Test("a firing says what the clock shows, and whether a change of the clock moved it")
    func movedFiring() throws {
        let cron = try parse("15,30 2 * * *")
        let firings = Array(cron.firings(after: try utc("2026-03-28 01:20"), in: try zone("Europe/Madrid")).prefix(3))
        #expect(
            firings.map(\.local.description) == ["2026-03-28 02:30:00", "2026-03-29 03:00:00", "2026-03-30 02:15:00"])
        #expect(
            firings.map(\.nominal.description) == ["2026-03-28 02:30:00", "2026-03-29 02:15:00", "2026-03-30 02:15:00"])
        #expect(firings.map(\.isMoved) == [false, true, false])
        #expect(firings.map(\.isRepeated) == [false, false, false])
        #expect(firings.map(\.secondsFromGMT) == [3_600, 7_200, 7_200])
        #expect(try firings[1].date == utc("2026-03-29 01:00"))
        #expect(firings[0].local < firings[1].local)
    }

    @Test("a firing says whether the clock shows it for the second time")
    func repeatedFiring() throws {
        let cron = try parse("*/30 * * * *")
        let firings = Array(cron.firings(after: try utc("2026-10-24 23:59"), in: try zone("Europe/Madrid")).prefix(5))
        #expect(
            firings.map { "\($0.local)".suffix(8) } == ["02:00:00", "02:30:00", "02:00:00", "02:30:00", "03:00:00"])
        #expect(firings.map(\.isRepeated) == [false, false, true, true, false])
        #expect(firings.map(\.isMoved) == [false, false, false, false, false])
    }

    @Test("one expression is asked from many tasks at once")
    func concurrency() async throws {
        let cron = try parse("30 2 * * *")
        let start = try utc("2026-01-01 00:00")
        let zones = try ["Europe/Madrid", "America/New_York", "Asia/Tehran", "UTC"].map(zone)
        let expected = zones.map { Array(cron.fireTimes(after: start, in: $0).prefix(400)) }
        await withTaskGroup(of: Bool.self) { group in
            for index in 0..<32 {
                group.addTask {
                    var last = start
                    var found: [Date] = []
                    while found.count < 400, let next = cron.next(after: last, in: zones[index % 4]) {
                        found.append(next)
                        last = next
                    }
                    return found == expected[index % 4]
                }
            }
            for await isRight in group { #expect(isRight) }
        }
    }
}
