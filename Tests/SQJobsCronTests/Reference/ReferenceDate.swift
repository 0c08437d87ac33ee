import Foundation

/// A date with what the day rules ask about it, looked up in Foundation's calendar.
struct ReferenceDate {
    var month: Int
    var day: Int
    /// 0 is Sunday.
    var weekday: Int
    var monthLength: Int

    /// - Parameter number: days since 1970-01-01.
    init(dayNumber number: Int) {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = .gmt
        let date = Date(timeIntervalSince1970: Double(number) * 86_400)
        let parts = calendar.dateComponents([.month, .day, .weekday], from: date)
        month = parts.month ?? 0
        day = parts.day ?? 0
        weekday = (parts.weekday ?? 0) - 1
        monthLength = calendar.range(of: .day, in: .month, for: date)?.count ?? 0
    }

    /// The weekday of another day of the same month.
    func weekday(ofDay other: Int) -> Int {
        ((weekday + other - day) % 7 + 7) % 7
    }
}
