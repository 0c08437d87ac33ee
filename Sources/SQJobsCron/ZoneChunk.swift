/// The spans of a zone in one stretch of about four years.
struct ZoneChunk: Sendable {
    private static let lengthInBits = 27
    /// The seconds that a chunk covers; a span that reaches further is cut there.
    static let length = 1 << lengthInBits

    /// Without a hole between them, from the chunk's first instant to its last.
    let spans: [ZoneSpan]

    static func index(of instant: Int) -> Int { instant >> lengthInBits }

    /// - Parameters:
    ///   - index: the chunk covers `length` seconds from `index * length` on.
    ///   - offset: the seconds that the zone is ahead of UTC at an instant.
    ///   - transition: where the offset may change next after an instant, see `changes`.
    init(index: Int, offset: (Int) -> Int, transition: (Int) -> Int?) {
        let start = index * Self.length
        let end = start + Self.length
        // No clock is put back by more than a day: what happened two days before the chunk no longer shows in it.
        var from = start - 2 * 86_400
        var latest = Int.min
        var spans: [ZoneSpan] = []
        for to in Self.changes(from: from, to: end, offset: offset, transition: transition) + [end] {
            let ahead = offset(from)
            if to > start {
                spans.append(ZoneSpan(start: max(from, start), end: to, offset: ahead, latestBefore: latest))
            }
            latest = max(latest, to - 1 + ahead)
            from = to
        }
        self.spans = spans
    }

    /// The instants after `from` and before `to` from which on another offset holds.
    ///
    /// Foundation's transitions are only hints. Some change no offset (daylight time that becomes standard time, as in
    /// Istanbul in 2016), and its documentation promises changes of daylight saving time only, not those of a zone's
    /// standard time: one that goes unreported shows in the offset before the next hint, and is searched for.
    private static func changes(
        from: Int, to: Int, offset: (Int) -> Int, transition: (Int) -> Int?
    ) -> [Int] {
        var changes: [Int] = []
        var known = from
        while known < to - 1 {
            let reported = transition(known) ?? to
            let hint = reported > known ? min(reported, to) : to
            let current = offset(known)
            if offset(hint - 1) != current {
                known = firstChange(after: known, through: hint - 1, offset: offset)
                changes.append(known)
            } else {
                if hint < to, offset(hint) != current { changes.append(hint) }
                known = hint
            }
        }
        return changes
    }

    /// Halves the stretch until the change is found; the offsets at its two ends differ.
    private static func firstChange(after known: Int, through last: Int, offset: (Int) -> Int) -> Int {
        let current = offset(known)
        var before = known
        var after = last
        while after - before > 1 {
            let middle = before + (after - before) / 2
            if offset(middle) == current { before = middle } else { after = middle }
        }
        return after
    }
}
