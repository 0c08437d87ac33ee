/// The days on which a schedule fires: its day-of-month and day-of-week fields, and how the two combine.
struct CronDays: Sendable, Hashable {
    /// 1 to 31.
    var daysOfMonth = BitSet()
    /// The n of every `L-n`; 0 is `L` itself.
    var daysBeforeLast = BitSet()
    /// The n of every `nW`.
    var nearestWorkingDays = BitSet()
    /// `LW`.
    var includesLastWorkingDay = false

    /// 0 to 6, Sunday to Saturday.
    var daysOfWeek = BitSet()
    /// The weekday of every `5L`.
    var lastDaysOfWeek = BitSet()
    /// `7 * (n - 1) + weekday` of every `weekday#n`.
    var nthDaysOfWeek = BitSet()

    /// Whether a day must match both fields: one of them begins with a star.
    ///
    /// Source: crontab(5) of Debian's cron, whose program looks at a field's first character only.
    var mustMatchBoth = true

    var isEveryDayOfMonth: Bool { daysOfMonth == .range(1...31) }
    var isEveryDayOfWeek: Bool { daysOfWeek == .range(0...6) }

    /// Whether the two fields together leave no day out.
    var isEveryDay: Bool {
        mustMatchBoth ? isEveryDayOfMonth && isEveryDayOfWeek : isEveryDayOfMonth || isEveryDayOfWeek
    }

    /// The matching days, 1 to 31, of a month.
    ///
    /// - Parameters:
    ///   - length: the days that the month has, 28 to 31.
    ///   - firstWeekday: the weekday of its first day, 0 to 6 from Sunday.
    func days(length: Int, firstWeekday: Int) -> BitSet {
        let byDate = daysByDate(length: length, firstWeekday: firstWeekday)
        let byWeekday = daysByWeekday(length: length, firstWeekday: firstWeekday)
        return BitSet(bits: mustMatchBoth ? byDate.bits & byWeekday.bits : byDate.bits | byWeekday.bits)
    }

    private func daysByDate(length: Int, firstWeekday: Int) -> BitSet {
        var days = BitSet(bits: daysOfMonth.bits & BitSet.range(1...length).bits)
        if !daysBeforeLast.isEmpty {
            for before in daysBeforeLast where before < length {
                days.insert(length - before)
            }
        }
        if includesLastWorkingDay {
            days.insert(Self.workingDay(nearest: length, length: length, firstWeekday: firstWeekday))
        }
        if !nearestWorkingDays.isEmpty {
            for day in nearestWorkingDays where day <= length {
                days.insert(Self.workingDay(nearest: day, length: length, firstWeekday: firstWeekday))
            }
        }
        return days
    }

    private func daysByWeekday(length: Int, firstWeekday: Int) -> BitSet {
        // The week's pattern from the first day on, five times over.
        var days = Self.week(daysOfWeek.bits, startingOn: firstWeekday) &* 0b1_0000001_0000001_0000001_0000001 << 1
        if !lastDaysOfWeek.isEmpty {
            let start = length - 6
            days |= Self.week(lastDaysOfWeek.bits, startingOn: (firstWeekday + start - 1) % 7) << UInt64(start)
        }
        if !nthDaysOfWeek.isEmpty {
            for start in stride(from: 0, to: 35, by: 7) {
                let week = Self.week(nthDaysOfWeek.bits >> UInt64(start), startingOn: firstWeekday)
                days |= week << UInt64(start + 1)
            }
        }
        return BitSet(bits: days & BitSet.range(1...length).bits)
    }

    /// Seven bits that begin with Sunday, turned so that they begin with `weekday`.
    private static func week(_ bits: UInt64, startingOn weekday: Int) -> UInt64 {
        let week = bits & 0b111_1111
        return (week >> UInt64(weekday) | week << UInt64(7 - weekday)) & 0b111_1111
    }

    /// The Monday to Friday that is nearest to `day` without leaving the month.
    private static func workingDay(nearest day: Int, length: Int, firstWeekday: Int) -> Int {
        switch (firstWeekday + day - 1) % 7 {
        case 6: day == 1 ? day + 2 : day - 1
        case 0: day == length ? day - 2 : day + 1
        default: day
        }
    }
}
