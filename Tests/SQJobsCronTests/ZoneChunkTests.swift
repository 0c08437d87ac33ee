import Foundation
import Testing

@testable import SQJobsCron

@Suite("The spans of a zone")
struct ZoneChunkTests {
    private static func chunk(_ index: Int, changes: [(at: Int, offset: Int)], reported: [Int]) -> ZoneChunk {
        ZoneChunk(
            index: index,
            offset: { instant in changes.last { $0.at <= instant }?.offset ?? 0 },
            transition: { instant in reported.first { $0 > instant } })
    }

    @Test("a reported transition that changes no offset makes no span, and an unreported change makes one")
    func hints() {
        let length = ZoneChunk.length
        let (first, second) = (1_000_003, 50_000_000)
        let changes = [(at: first, offset: 3_600), (at: second, offset: 7_200)]
        let expected = [
            ZoneSpan(start: 0, end: first, offset: 0, latestBefore: -1),
            ZoneSpan(start: first, end: second, offset: 3_600, latestBefore: first - 1),
            ZoneSpan(start: second, end: length, offset: 7_200, latestBefore: second + 3_599),
        ]
        for reported in [
            [first, second], [], [second], [first], [5, first, 2_000_000, second, second + 1], [second + 7],
        ] {
            let spans = Self.chunk(0, changes: changes, reported: reported).spans
            // What was shown before the first span only matters near its start.
            #expect(spans.dropFirst() == expected.dropFirst(), "\(reported)")
            #expect(spans[0].start == 0 && spans[0].end == first && spans[0].offset == 0)
        }
    }

    @Test("a transition that is reported again and again ends the search")
    func stuckHints() {
        let chunk = ZoneChunk(index: 3, offset: { _ in 60 }, transition: { $0 })
        #expect(
            chunk.spans == [
                ZoneSpan(
                    start: 3 * ZoneChunk.length, end: 4 * ZoneChunk.length, offset: 60, latestBefore: .min)
            ])
    }

    @Test("a chunk knows what the clock showed shortly before it began")
    func beforeTheChunk() {
        let start = 2 * ZoneChunk.length
        let chunk = Self.chunk(2, changes: [(at: 0, offset: 7_200), (at: start - 600, offset: 3_600)], reported: [])
        #expect(chunk.spans.map(\.start) == [start])
        #expect(chunk.spans[0].latestBefore == start - 601 + 7_200)
    }

    /// Every zone, from 1850 to 2120.
    private static func allSpans(_ body: (String, ZoneSpan, ZoneSpan) -> Void) throws {
        for name in TimeZone.knownTimeZoneIdentifiers {
            var cursor = ZoneCursor(try zone(name))
            var last: ZoneSpan?
            for index in -29..<36 {
                var instant = index * ZoneChunk.length
                while instant < (index + 1) * ZoneChunk.length {
                    let span = cursor.span(at: instant)
                    if let last { body(name, last, span) }
                    last = span
                    instant = span.end
                }
            }
        }
    }

    @Test("in every zone the spans have no hole, and Foundation's offset at both ends and in the middle")
    func everyZone() throws {
        var count = 0
        try Self.allSpans { name, before, span in
            count += 1
            let zone = TimeZone(identifier: name) ?? .gmt
            let isRight =
                before.end == span.start
                && [span.start, (span.start + span.end) / 2, span.end - 1].allSatisfy {
                    zone.secondsFromGMT(for: Date(timeIntervalSince1970: Double($0))) == span.offset
                }
            if !isRight { Issue.record("\(name) \(span)") }
        }
        #expect(count > 50_000)
    }

    @Test("no zone has a gap in what was not shown yet: a reading that one gap skips is never shown later")
    func gapsStaySkipped() throws {
        // The search for a fixed schedule takes the first instant that shows a reading or a later one. It would be
        // wrong if a clock were put forward over a reading and back to it soon after.
        try Self.allSpans { name, before, span in
            let skipped = before.lastReading + 1..<max(span.firstReading, before.lastReading + 1)
            let next = span.end + 1
            var cursor = ZoneCursor(TimeZone(identifier: name) ?? .gmt)
            if !skipped.isEmpty, span.end - span.start < 3 * 86_400,
                cursor.span(at: next).firstReading < span.firstReading
            {
                Issue.record("\(name) \(span)")
            }
        }
    }
}
