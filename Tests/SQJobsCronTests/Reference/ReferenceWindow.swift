import Foundation

@testable import SQJobsCron

/// A stretch of time in a zone: what the clock shows at every step of it.
struct ReferenceWindow: CustomStringConvertible {
    let zone: TimeZone
    /// 60 for every minute, 1 for every second.
    let step: Int
    /// The instants that are compared; the window reaches further on both sides, for the readings around them.
    let core: Range<Int>
    let start: Int
    /// What the clock shows, in seconds from 1970-01-01 00:00 as the clock shows it.
    let readings: [Int]
    let earliestReading: Int
    /// For every reading from the earliest on: the index of the instant that shows it first or, if a gap skips it, of
    /// the transition: the first instant after the gap.
    let firstShowing: [Int]
    let firstDay: Int
    let dates: [ReferenceDate]

    init(zone: TimeZone, core: Range<Int>, margin: Int, step: Int) {
        self.zone = zone
        self.core = core
        self.step = step
        start = core.lowerBound - margin
        let readings = stride(from: start, to: core.upperBound + margin, by: step).map {
            $0 + zone.secondsFromGMT(for: Date(timeIntervalSince1970: Double($0)))
        }
        self.readings = readings
        let earliest = readings.min() ?? 0
        let latest = readings.max() ?? 0
        earliestReading = earliest
        var shown = Array(repeating: -1, count: (latest - earliest) / step + 1)
        for index in readings.indices.reversed() {
            shown[(readings[index] - earliest) / step] = index
        }
        for transition in 1..<readings.count where readings[transition] > readings[transition - 1] + step {
            let skipped = readings[transition - 1] + step..<readings[transition]
            for reading in stride(from: skipped.lowerBound, to: skipped.upperBound, by: step) {
                shown[(reading - earliest) / step] = transition
            }
        }
        firstShowing = shown
        firstDay = earliest / 86_400
        dates = (earliest / 86_400...latest / 86_400).map { ReferenceDate(dayNumber: $0) }
    }

    func instant(_ index: Int) -> Int { start + index * step }

    var description: String {
        "\(zone.identifier), \(Date(timeIntervalSince1970: Double(core.lowerBound)).ISO8601Format())"
    }

    /// Where the zone's offset changes, from 1972 (when offsets had become whole minutes) to 2037.
    static func transitions(of zone: TimeZone) -> [Int] {
        var transitions: [Int] = []
        var date = Date(timeIntervalSince1970: 63_072_000)
        while let next = zone.nextDaylightSavingTimeTransition(after: date), next.timeIntervalSince1970 < 2.1e9 {
            if zone.secondsFromGMT(for: next) != zone.secondsFromGMT(for: next - 1) {
                transitions.append(Int(next.timeIntervalSince1970))
            }
            date = next
        }
        return transitions
    }
}
