/// A stretch of time in which a zone's offset from UTC stays the same.
///
/// Times are whole seconds: *instants* count from 1970-01-01 00:00 UTC, *readings* are what the zone's clock shows,
/// counted from 1970-01-01 00:00 as if it had shown UTC. A reading is an instant plus the offset.
struct ZoneSpan: Sendable, Equatable {
    /// The first instant of the span.
    var start: Int
    /// The first instant after it.
    var end: Int
    /// The seconds that the zone is ahead of UTC.
    var offset: Int
    /// The latest reading that the clock showed before `start`. Later than the first reading if the clock was put back.
    var latestBefore: Int

    var firstReading: Int { start + offset }
    var lastReading: Int { end - 1 + offset }
}
