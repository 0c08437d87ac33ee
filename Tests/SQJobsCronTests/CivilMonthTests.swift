import Testing

@testable import SQJobsCron

@Suite("The calendar")
struct CivilMonthTests {
    @Test("months of two thousand years follow one another, counted one by one from 1970")
    func months() {
        func check(_ month: CivilMonth, firstDay: Int, length: Int) -> Bool {
            month.firstDay == firstDay && month.length == length
                && CivilMonth.containing(day: firstDay) == (month, 1)
                && CivilMonth.containing(day: firstDay + length - 1) == (month, length)
        }
        func length(_ year: Int, _ month: Int) -> Int {
            let isLeapYear = year.isMultiple(of: 4) && (!year.isMultiple(of: 100) || year.isMultiple(of: 400))
            return [31, isLeapYear ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1]
        }
        var day = 0
        for year in 1970...3000 {
            for month in 1...12 {
                #expect(check(CivilMonth(year: year, month: month), firstDay: day, length: length(year, month)))
                day += length(year, month)
            }
        }
        day = 0
        for year in (-900..<1970).reversed() {
            for month in (1...12).reversed() {
                day -= length(year, month)
                #expect(check(CivilMonth(year: year, month: month), firstDay: day, length: length(year, month)))
            }
        }
    }

    @Test("weekdays follow one another: 1970-01-01 was a Thursday")
    func weekdays() {
        #expect((0..<8).map { CivilMonth.weekday(ofDay: $0) } == [4, 5, 6, 0, 1, 2, 3, 4])
        #expect((-8..<0).map { CivilMonth.weekday(ofDay: $0) } == [3, 4, 5, 6, 0, 1, 2, 3])
    }
}
