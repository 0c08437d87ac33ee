import Foundation
import TestSurroundings
import Testing

@testable import SQJobsCron

/// Whatever the text, parsing ends soon with an error or a value, and the value can be used.
@Suite("The parser under fuzz")
struct FuzzTests {
    private static let valid = [
        "1 0 * * *", "*/15 9-17 1,15,L-3 JAN-MAR MON-FRI", "0 0 LW * FRI#2,SUNL", "30 2 15W */2 ?", "@daily",
        "CRON_TZ=Europe/Madrid 22-4 H(0-7)/2 * NOV-FEB 7", "H H/5 * * *", "*/10 0,30 5/2 ? * 1-5/2", "TZ=UTC @hourly",
    ]
    private static let alphabet = Array("0123456789*/,-#?()=@ \tLWHlwh_:.+\u{0}\u{a0}é٣JANFEBMONSUNTZCRO")

    /// Uses everything that an input may give: the error's words, or the expression's.
    private static func exercise(_ text: String, seed: String?) {
        do {
            let cron = try CronExpression(text, seed: seed)
            let date = Date(timeIntervalSince1970: 1_774_700_000)
            for zone in [TimeZone.gmt, TimeZone(identifier: "Europe/Madrid") ?? .gmt] {
                if let next = cron.next(after: date, in: zone) {
                    #expect(next > date, "\(text.debugDescription)")
                    #expect(
                        cron.previous(before: next.addingTimeInterval(1), in: zone) == next, "\(text.debugDescription)")
                }
            }
            #expect(!cron.explanation.isEmpty)
            #expect((try? CronExpression(cron.resolvedText, seed: nil)) == cron, "\(text.debugDescription)")
            #expect((try? CronExpression(cron.description, seed: seed)) == cron, "\(text.debugDescription)")
        } catch {
            #expect(error.description.count < 1_000)
            #expect(error.input == text)
            #expect(String(text[error.range]) == error.text)
        }
    }

    @Test("random bytes")
    func randomBytes() {
        let seed = UInt64.random(in: 1 ... .max)
        print("fuzz seed, bytes: \(seed)")
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<4_000 {
            let bytes = (0..<Int.random(in: 0...40, using: &generator)).map { _ in
                UInt8.random(in: 0...255, using: &generator)
            }
            Self.exercise(String(decoding: bytes, as: UTF8.self), seed: "seed")
        }
    }

    @Test("random texts of cron's own letters")
    func randomLetters() {
        let seed = UInt64.random(in: 1 ... .max)
        print("fuzz seed, letters: \(seed)")
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<6_000 {
            let words = (0..<Int.random(in: 4...7, using: &generator)).map { _ in
                String(
                    (0..<Int.random(in: 1...4, using: &generator)).compactMap { _ in
                        Self.alphabet.randomElement(using: &generator)
                    })
            }
            Self.exercise(words.joined(separator: " "), seed: generator.chance(50) ? "seed" : nil)
        }
    }

    @Test("valid expressions with a few characters changed")
    func mutations() {
        let seed = UInt64.random(in: 1 ... .max)
        print("fuzz seed, mutations: \(seed)")
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<6_000 {
            var characters = Array(
                generator.chance(50)
                    ? RandomExpression.any(using: &generator).text : Self.valid.randomElement(using: &generator) ?? "")
            for _ in 0..<Int.random(in: 1...3, using: &generator) where !characters.isEmpty {
                let index = Int.random(in: 0..<characters.count, using: &generator)
                let letter = Self.alphabet.randomElement(using: &generator) ?? "*"
                switch Int.random(in: 0..<4, using: &generator) {
                case 0: characters[index] = letter
                case 1: characters.insert(letter, at: index)
                case 2: characters.remove(at: index)
                default: characters.swapAt(index, Int.random(in: 0..<characters.count, using: &generator))
                }
            }
            Self.exercise(String(characters), seed: "seed")
        }
    }

    @Test(
        "very long texts take time in proportion to their length",
        arguments: [
            String(repeating: "1,", count: 100_000) + "1 * * * *",
            String(repeating: "9", count: 200_000) + " * * * *",
            "*/" + String(repeating: "9", count: 200_000) + " * * * *",
            String(repeating: " ", count: 200_000) + "* * * * *",
            String(repeating: "* ", count: 100_000),
            String(repeating: "é", count: 100_000),
            "0 0 1 1 " + String(repeating: "MON#1,", count: 30_000) + "FRIL",
            String(repeating: "H(0-9),", count: 30_000) + "H * * * *",
            "CRON_TZ=" + String(repeating: "A", count: 200_000) + " * * * * *",
        ])
    func longTexts(_ text: String) {
        let started = ContinuousClock.now
        Self.exercise(text, seed: "seed")
        // A debug build on a busy machine takes a tenth of this; a parser that is quadratic would take hours.
        #expect(ContinuousClock.now - started < .seconds(60))
    }
}
