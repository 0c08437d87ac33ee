/// Finds the readings of a clock, without a time zone, that a schedule matches.
///
/// Readings are seconds counted from 1970-01-01 00:00 as the clock shows it. The search jumps from a field's value to
/// the next one that is in its set, and from a month to the next that has a matching day.
extension CronSchedule {
    private static let day = 86_400

    /// The first matching reading that is `start` or later, but not later than `limit`.
    func firstReading(from start: Int, through limit: Int) -> Int? {
        let today = start.flooredQuotient(by: Self.day)
        guard let found = firstDay(from: today, through: limit.flooredQuotient(by: Self.day)) else { return nil }
        if found == today {
            if let time = firstTime(from: start - today * Self.day) { return today * Self.day + time }
            return firstReading(from: (today + 1) * Self.day, through: limit)
        }
        guard let time = firstTime(from: 0) else { return nil }
        return found * Self.day + time
    }

    /// The last matching reading that is `start` or earlier, but not earlier than `limit`.
    func lastReading(through start: Int, from limit: Int) -> Int? {
        let today = start.flooredQuotient(by: Self.day)
        guard let found = lastDay(through: today, from: limit.flooredQuotient(by: Self.day)) else { return nil }
        if found == today {
            if let time = lastTime(through: start - today * Self.day) { return today * Self.day + time }
            return lastReading(through: today * Self.day - 1, from: limit)
        }
        guard let time = lastTime(through: Self.day - 1) else { return nil }
        return found * Self.day + time
    }

    // MARK: Days

    private func firstDay(from start: Int, through limit: Int) -> Int? {
        var (month, dayOfMonth) = CivilMonth.containing(day: start)
        var firstDay = start - dayOfMonth + 1
        while firstDay <= limit {
            if months.contains(month.month),
                let day = days(of: month, beginningOn: firstDay).first(from: dayOfMonth)
            {
                return firstDay + day - 1
            }
            dayOfMonth = 1
            if let later = months.first(from: month.month + 1) {
                month.month = later
            } else {
                month = CivilMonth(year: month.year + 1, month: months.first ?? 1)
            }
            firstDay = month.firstDay
        }
        return nil
    }

    private func lastDay(through start: Int, from limit: Int) -> Int? {
        var (month, dayOfMonth) = CivilMonth.containing(day: start)
        var firstDay = start - dayOfMonth + 1
        while firstDay + 31 > limit {
            if months.contains(month.month),
                let day = days(of: month, beginningOn: firstDay).last(through: dayOfMonth)
            {
                return firstDay + day - 1
            }
            dayOfMonth = 31
            if let earlier = months.last(through: month.month - 1) {
                month.month = earlier
            } else {
                month = CivilMonth(year: month.year - 1, month: months.last ?? 12)
            }
            firstDay = month.firstDay
        }
        return nil
    }

    // MARK: Times of day

    /// The first matching second of the day, 0 to 86,399, that is `start` or later.
    private func firstTime(from start: Int) -> Int? {
        let (hour, minute, second) = (start / 3_600, start / 60 % 60, start % 60)
        if hours.contains(hour) {
            if minutes.contains(minute), let found = seconds.first(from: second) {
                return hour * 3_600 + minute * 60 + found
            }
            if let later = minutes.first(from: minute + 1), let found = seconds.first {
                return hour * 3_600 + later * 60 + found
            }
        }
        guard let later = hours.first(from: hour + 1), let minute = minutes.first, let second = seconds.first else {
            return nil
        }
        return later * 3_600 + minute * 60 + second
    }

    /// The last matching second of the day that is `start` or earlier.
    private func lastTime(through start: Int) -> Int? {
        let (hour, minute, second) = (start / 3_600, start / 60 % 60, start % 60)
        if hours.contains(hour) {
            if minutes.contains(minute), let found = seconds.last(through: second) {
                return hour * 3_600 + minute * 60 + found
            }
            if let earlier = minutes.last(through: minute - 1), let found = seconds.last {
                return hour * 3_600 + earlier * 60 + found
            }
        }
        guard let earlier = hours.last(through: hour - 1), let minute = minutes.last, let second = seconds.last else {
            return nil
        }
        return earlier * 3_600 + minute * 60 + second
    }
}
