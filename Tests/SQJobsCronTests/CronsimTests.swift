import Foundation
import Testing

@testable import SQJobsCron

/// `Fixtures/cronsim.json` was written by `Fixtures/generate_cronsim.py`, which says what it holds.
@Suite("Against cronsim 2.8, which follows Debian's cron")
struct CronsimTests {
    private struct Case: Decodable {
        var expression: String
        var zone: String
        var start: Int
        var following: [Int]
        var preceding: [Int]

        init(from decoder: any Decoder) throws {
            var values = try decoder.unkeyedContainer()
            expression = try values.decode(String.self)
            zone = try values.decode(String.self)
            start = try values.decode(Int.self)
            following = try values.decode([Int].self)
            preceding = try values.decode([Int].self)
        }
    }

    @Test("the same firings, forwards and backwards")
    func firings() throws {
        let file = try #require(Bundle.module.url(forResource: "cronsim", withExtension: "json"))
        let cases = try JSONDecoder().decode([Case].self, from: Data(contentsOf: file))
        #expect(cases.count > 2_000)
        for example in cases {
            let cron = try parse(example.expression)
            let zone = try zone(example.zone)
            let start = Date(timeIntervalSince1970: Double(example.start))
            let following = cron.fireTimes(after: start, in: zone).prefix(example.following.count)
            #expect(
                following.map { Int($0.timeIntervalSince1970) } == example.following,
                "\(example.expression) in \(example.zone) after \(example.start)")
            var preceding: [Date] = []
            while preceding.count < example.preceding.count,
                let date = cron.previous(before: preceding.last ?? start, in: zone)
            {
                preceding.append(date)
            }
            #expect(
                preceding.map { Int($0.timeIntervalSince1970) } == example.preceding,
                "\(example.expression) in \(example.zone) before \(example.start)")
        }
    }
}
