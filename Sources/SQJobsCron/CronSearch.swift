/// Finds the instants at which a schedule fires in a zone.
///
/// A *fixed* schedule names readings of the clock, and each is one instant: the first at which the clock shows it or,
/// if a gap skips it, something later. That instant never decreases from one reading to the next, so that the search
/// is one for a reading and nothing else.
///
/// A *wildcard* schedule fires whenever the clock's reading matches. Within a span of one offset readings are instants;
/// at its end the search goes on from what the next span's clock shows.
struct CronSearch: Sendable {
    /// A firing that was found.
    struct Found {
        var instant: Int
        /// The reading that the schedule names; the clock shows another one if a gap moved the firing.
        var reading: Int
        var span: ZoneSpan
    }

    /// Fifty years, in seconds.
    private static let horizon = 18_263 * 86_400
    /// Beyond twice the largest offset: instants that far apart never show readings in reversed order.
    private static let farApart = 3 * 86_400

    let schedule: CronSchedule
    var zone: ZoneCursor

    /// The first firing after `instant`, or nil if fifty years have none.
    mutating func first(after instant: Int) -> Found? {
        schedule.isWildcard ? firstWildcard(after: instant) : firstFixed(after: instant)
    }

    /// The last firing before `instant`, or nil if fifty years have none.
    mutating func last(before instant: Int) -> Found? {
        schedule.isWildcard ? lastWildcard(before: instant) : lastFixed(before: instant)
    }

    // MARK: Fixed

    /// Readings that the clock has reached by `instant` have fired by then; all later ones have not.
    private mutating func firstFixed(after instant: Int) -> Found? {
        let reached = zone.latestReading(through: instant)
        return schedule.firstReading(from: reached + 1, through: reached + Self.horizon).map { found($0) }
    }

    private mutating func lastFixed(before instant: Int) -> Found? {
        let reached = zone.latestReading(through: instant - 1)
        return schedule.lastReading(through: reached, from: reached - Self.horizon).map { found($0) }
    }

    private mutating func found(_ reading: Int) -> Found {
        let (instant, span) = zone.firstInstant(showing: reading)
        return Found(instant: instant, reading: reading, span: span)
    }

    // MARK: Wildcard

    private mutating func firstWildcard(after instant: Int) -> Found? {
        var span = zone.span(at: instant + 1)
        // No reading from `searched` to `reading` matches.
        var searched = instant + 1 + span.offset
        let limit = searched + Self.horizon
        var next = schedule.firstReading(from: searched, through: limit)
        while let reading = next, reading <= limit {
            if reading <= span.lastReading {
                return Found(instant: reading - span.offset, reading: reading, span: span)
            }
            // Far from the start no clock shows again what it showed there, so that spans may be skipped.
            let skipped = span.end - instant > Self.farApart ? reading - 2 * 86_400 : span.end
            span = zone.span(at: max(span.end, skipped))
            if span.firstReading < searched || span.firstReading > reading {
                searched = span.firstReading
                next = schedule.firstReading(from: searched, through: limit)
            }
        }
        return nil
    }

    private mutating func lastWildcard(before instant: Int) -> Found? {
        var span = zone.span(at: instant - 1)
        // No reading from `reading` to `searched` matches.
        var searched = instant - 1 + span.offset
        let limit = searched - Self.horizon
        var next = schedule.lastReading(through: searched, from: limit)
        while let reading = next, reading >= limit {
            if reading >= span.firstReading {
                return Found(instant: reading - span.offset, reading: reading, span: span)
            }
            let skipped = instant - span.start > Self.farApart ? reading + 2 * 86_400 : span.start - 1
            span = zone.span(at: min(span.start - 1, skipped))
            if span.lastReading > searched || span.lastReading < reading {
                searched = span.lastReading
                next = schedule.lastReading(through: searched, from: limit)
            }
        }
        return nil
    }
}
