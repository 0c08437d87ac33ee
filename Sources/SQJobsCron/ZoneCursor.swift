import Foundation

/// Finds the spans of one zone, and keeps the chunk that it looked into last.
struct ZoneCursor: Sendable {
    let zone: TimeZone
    private var index: Int?
    private var spans: [ZoneSpan] = []

    init(_ zone: TimeZone) {
        self.zone = zone
    }

    /// The span, possibly cut at a chunk's end, that holds `instant`.
    mutating func span(at instant: Int) -> ZoneSpan {
        let wanted = ZoneChunk.index(of: instant)
        if wanted != index {
            spans = ZoneChunkCache.chunk(wanted, of: zone).spans
            index = wanted
        }
        var position = 0
        while spans[position].end <= instant { position += 1 }
        return spans[position]
    }

    /// The latest reading that the clock has shown up to and including `instant`.
    mutating func latestReading(through instant: Int) -> Int {
        let span = span(at: instant)
        return max(instant + span.offset, span.latestBefore)
    }

    /// The first instant at which the clock shows `reading` or later, and its span.
    ///
    /// That is the reading's own instant, the first of two if there are two; and if a gap skips it, the gap.
    mutating func firstInstant(showing reading: Int) -> (instant: Int, span: ZoneSpan) {
        // No zone is a day ahead of UTC, so that a day earlier no clock shows this reading yet.
        var span = span(at: reading - 86_400)
        while span.lastReading < reading {
            span = self.span(at: span.end)
        }
        return (max(span.start, reading - span.offset), span)
    }
}
