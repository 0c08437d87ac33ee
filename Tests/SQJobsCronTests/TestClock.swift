import Foundation
import Testing

@testable import SQJobsCron

/// A zone by its name; a name that this machine does not know fails the test.
func zone(_ name: String) throws -> TimeZone {
    try #require(TimeZone(identifier: name), "no time zone \(name)")
}

/// An instant from UTC text such as `2026-03-29 01:00` or `2026-03-29 01:00:30`.
func utc(_ text: String) throws -> Date {
    let full = text.count == 16 ? text + ":00" : text
    return try Date(full.replacing(" ", with: "T") + "Z", strategy: .iso8601)
}

/// What the zone's clock shows at `date`, with its offset, by Foundation's calendar: `2026-03-29 03:00 +0200`.
func local(_ date: Date, in zone: TimeZone) -> String {
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = zone
    let parts = calendar.dateComponents([.year, .month, .day, .hour, .minute, .second], from: date)
    let offset = zone.secondsFromGMT(for: date)
    let second = parts.second == 0 ? "" : String(format: ":%02d", parts.second ?? -1)
    return String(
        format: "%04d-%02d-%02d %02d:%02d%@ %@%02d%02d", parts.year ?? -1, parts.month ?? -1, parts.day ?? -1,
        parts.hour ?? -1, parts.minute ?? -1, second, offset < 0 ? "-" : "+", abs(offset) / 3_600,
        abs(offset) / 60 % 60)
}

/// Parses text that is not a literal, so that Swift calls the throwing initializer.
func parse(_ text: String, seed: String? = nil) throws -> CronExpression {
    try CronExpression(text, seed: seed)
}

/// The next `count` firings after a UTC text, as the zone's clock shows them.
///
/// Going back from behind the last one must give the same, so that every use shows that direction does not matter.
func firings(
    _ expression: String, after start: String, in zoneName: String, _ count: Int,
    sourceLocation: SourceLocation = #_sourceLocation
) throws -> [String] {
    let (cron, zone, start) = (try parse(expression), try zone(zoneName), try utc(start))
    let forward = Array(cron.fireTimes(after: start, in: zone).prefix(count))
    if let last = forward.last {
        var backward: [Date] = []
        var before = last.addingTimeInterval(1)
        while let date = cron.previous(before: before, in: zone), date > start, backward.count < count {
            backward.append(date)
            before = date
        }
        #expect(Array(backward.reversed()) == forward, "backwards", sourceLocation: sourceLocation)
    }
    let shown = cron.timeZone ?? zone
    return forward.map { local($0, in: shown) }
}

/// The firings of the day that begins at a UTC text, as `HH:mm` in UTC.
func times(_ expression: String, on day: String, seed: String? = nil) throws -> [String] {
    let start = try utc("\(day) 00:00")
    let zone = try zone("UTC")
    return try parse(expression, seed: seed).fireTimes(after: start.addingTimeInterval(-1), in: zone)
        .prefix { $0 < start.addingTimeInterval(86_400) }
        .map { String(local($0, in: zone).dropFirst(11).dropLast(6)) }
}

/// The days of a month, given as `2026-02`, on which the expression fires in UTC.
func days(_ expression: String, in month: String, seed: String? = nil) throws -> [Int] {
    let start = try utc("\(month)-01 00:00")
    let zone = try zone("UTC")
    var days: [Int] = []
    for date in try parse(expression, seed: seed).fireTimes(after: start.addingTimeInterval(-1), in: zone) {
        let text = local(date, in: zone)
        guard text.hasPrefix(month) else { break }
        let day = try #require(Int(text.dropFirst(8).prefix(2)))
        if days.last != day { days.append(day) }
    }
    return days
}
