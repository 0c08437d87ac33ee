import Foundation
import TestSurroundings
import Testing

@testable import SQJobsCron

/// The search against rules taken literally. A failure names the seed; `SQJOBS_CRON_SEED=…` repeats it.
@Suite("6.7 and 6.8: against a slow and obvious reference")
struct ReferenceTests {
    private static let zones = [
        "Europe/Madrid", "America/New_York", "Australia/Lord_Howe", "Pacific/Apia", "America/Sao_Paulo", "Asia/Tehran",
        "Africa/Casablanca", "Asia/Kathmandu", "Europe/Istanbul", "America/St_Johns", "Antarctica/Troll", "UTC",
    ]

    private static let apiaSkipsADay = 1_325_239_200

    private static func seed() -> UInt64 {
        let given = ProcessInfo.processInfo.environment["SQJOBS_CRON_SEED"].flatMap { UInt64($0) }
        return given ?? UInt64.random(in: 1 ... .max)
    }

    /// Windows around clock changes, and in each zone one at any time.
    private static func windows(
        hours: Int, margin: Int, step: Int, eachZone count: Int, using generator: inout SeededGenerator
    ) throws -> [ReferenceWindow] {
        try zones.flatMap { name in
            let zone = try zone(name)
            var changes = ReferenceWindow.transitions(of: zone)
            changes.shuffle(using: &generator)
            if name == "Pacific/Apia" {
                changes = [apiaSkipsADay, apiaSkipsADay] + changes.filter { $0 != apiaSkipsADay }
            }
            let calm = Int.random(in: 1_000_000...30_000_000, using: &generator) * 60
            return (changes.prefix(count) + [calm]).map { change in
                let start = change - Int.random(in: 0...hours * 60, using: &generator) * 60
                return ReferenceWindow(zone: zone, core: start..<start + hours * 3_600, margin: margin, step: step)
            }
        }
    }

    @Test("five thousand random expressions, zones and starting points, twice, in both directions", arguments: [0, 1])
    func minutes(_ part: Int) throws {
        let seed = Self.seed()
        print("reference seed: \(seed)")
        var generator = SeededGenerator(seed: seed)
        let windows = try Self.windows(hours: 30, margin: 4 * 3_600, step: 60, eachZone: 6, using: &generator)
        var fired = 0
        for _ in 0..<5_000 {
            let expression = RandomExpression.make(withSeconds: false, using: &generator)
            guard let cron = try? CronExpression(expression.text, seed: nil) else {
                #expect(!Self.hasDate(expression), "\(expression.text), seed \(seed)")
                continue
            }
            let window = windows[Int.random(in: 0..<windows.count, using: &generator)]
            let expected = Reference(expression).firings(in: window)
            fired += expected.count
            if let difference = Self.difference(cron, window, expected, &generator) {
                Issue.record("\(expression.text) in \(window), seed \(seed): \(difference)")
            }
        }
        #expect(fired > 10_000)
    }

    @Test("a thousand random expressions with seconds, every second around a clock change")
    func seconds() throws {
        let seed = Self.seed()
        print("reference seed, seconds: \(seed)")
        var generator = SeededGenerator(seed: seed)
        let windows = try Self.windows(hours: 1, margin: 4_200, step: 1, eachZone: 3, using: &generator)
            .filter { $0.zone.identifier != "Pacific/Apia" && $0.zone.identifier != "Antarctica/Troll" }
        let weights = RandomExpression.Weights(hour: 60, dayOfMonth: 85, month: 90, dayOfWeek: 85)
        for _ in 0..<1_000 {
            let expression = RandomExpression.make(withSeconds: true, weights: weights, using: &generator)
            guard let cron = try? CronExpression(expression.text, seed: nil) else { continue }
            let window = windows[Int.random(in: 0..<windows.count, using: &generator)]
            let expected = Reference(expression).firings(in: window)
            if let difference = Self.difference(cron, window, expected, &generator) {
                Issue.record("\(expression.text) in \(window), seed \(seed): \(difference)")
            }
        }
    }

    @Test("random dates: every day of eight years, around 1900, 2000 and 2100")
    func dates() throws {
        let seed = Self.seed()
        print("reference seed, dates: \(seed)")
        var generator = SeededGenerator(seed: seed)
        let utc = try zone("UTC")
        let spans = [-27_028, 9_496, 46_020].map { first in (first, (first..<first + 2_922).map(ReferenceDate.init)) }
        let weights = RandomExpression.Weights(dayOfMonth: 30, month: 50, dayOfWeek: 40)
        for _ in 0..<600 {
            let expression = RandomExpression.make(withSeconds: false, weights: weights, noon: true, using: &generator)
            guard let cron = try? CronExpression(expression.text, seed: nil) else {
                #expect(!Self.hasDate(expression), "\(expression.text), seed \(seed)")
                continue
            }
            let reference = Reference(expression)
            let (first, dates) = spans[Int.random(in: 0..<spans.count, using: &generator)]
            let expected = dates.indices.filter { reference.matches(dates[$0]) }.map { (first + $0) * 86_400 + 43_920 }
            let core = first * 86_400..<(first + dates.count) * 86_400
            #expect(
                Self.forward(cron, core, utc) == expected && Self.backward(cron, core, utc) == expected,
                "\(expression.text) from day \(first), seed \(seed)")
        }
    }

    // MARK: Comparing

    private static func instant(_ date: Date?) -> Int? {
        date.map { Int($0.timeIntervalSince1970) }
    }

    private static func forward(_ cron: CronExpression, _ core: Range<Int>, _ zone: TimeZone) -> [Int] {
        cron.fireTimes(after: Date(timeIntervalSince1970: Double(core.lowerBound - 1)), in: zone)
            .prefix { Int($0.timeIntervalSince1970) < core.upperBound }
            .map { Int($0.timeIntervalSince1970) }
    }

    private static func backward(_ cron: CronExpression, _ core: Range<Int>, _ zone: TimeZone) -> [Int] {
        var found: [Int] = []
        var before = core.upperBound
        while let date = instant(cron.previous(before: Date(timeIntervalSince1970: Double(before)), in: zone)),
            date >= core.lowerBound
        {
            found.append(date)
            before = date
        }
        return found.reversed()
    }

    /// What is wrong with the expression's firings in a window, or nil.
    private static func difference(
        _ cron: CronExpression, _ window: ReferenceWindow, _ expected: [Int], _ generator: inout SeededGenerator
    ) -> String? {
        let zone = window.zone
        // A starting point anywhere, on a firing, or a fraction of a second beside one.
        var start = Double(Int.random(in: window.core, using: &generator))
        if let firing = expected.randomElement(using: &generator), generator.chance(30) { start = Double(firing) }
        if generator.chance(10) { start += [-0.25, 0.25][Int.random(in: 0...1, using: &generator)] }
        let date = Date(timeIntervalSince1970: start)

        let next = cron.next(after: date, in: zone)
        let previous = cron.previous(before: date, in: zone)
        if let next, next <= date { return "next(\(start)) is not after it: \(next)" }
        if let previous, previous >= date { return "previous(\(start)) is not before it: \(previous)" }
        let wantedNext = expected.first { Double($0) > start }
        let wantedPrevious = expected.last { Double($0) < start }
        if instant(next).flatMap({ window.core.contains($0) ? $0 : nil }) != wantedNext {
            return "next(\(start)) is \(String(describing: instant(next))), not \(String(describing: wantedNext))"
        }
        if instant(previous).flatMap({ window.core.contains($0) ? $0 : nil }) != wantedPrevious {
            return
                "previous(\(start)) is \(String(describing: instant(previous))), not \(String(describing: wantedPrevious))"
        }
        // Going there and back: between the two lies nothing but, perhaps, the start.
        if let next, let previous {
            let between = cron.previous(before: next, in: zone)
            guard between == previous || between == date else { return "previous(next(\(start))) is \(between as Any)" }
            guard between == cron.next(after: previous, in: zone) || cron.next(after: previous, in: zone) == next else {
                return "next(previous(\(start))) is inconsistent"
            }
        }
        // Few of the dense sets are compared whole: they cost most and say least.
        if expected.count < 200 || generator.chance(5) {
            if forward(cron, window.core, zone) != expected { return "forwards: not \(expected)" }
            if backward(cron, window.core, zone) != expected { return "backwards: not \(expected)" }
        }
        return nil
    }

    /// Whether any day of forty years matches; that many hold every kind of month with every weekday first.
    private static func hasDate(_ expression: RandomExpression) -> Bool {
        let reference = Reference(expression)
        return fortyYears.contains { reference.matches($0) }
    }

    private static let fortyYears = (10_957..<10_957 + 14_610).map { ReferenceDate(dayNumber: $0) }
}
