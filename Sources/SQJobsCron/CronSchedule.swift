/// What an expression says, apart from its time zone: bit sets for every field.
struct CronSchedule: Sendable, Hashable {
    var seconds = BitSet()
    var minutes = BitSet()
    var hours = BitSet()
    var months = BitSet()
    var days = CronDays()

    /// Whether the schedule follows the clock's reading rather than naming times: its minute or hour field (of six
    /// fields, or its second field) begins with a star.
    var isWildcard = false

    /// The matching days, 1 to 31, of a month that begins on the day number `firstDay`.
    func days(of month: CivilMonth, beginningOn firstDay: Int) -> BitSet {
        days.days(length: month.length, firstWeekday: CivilMonth.weekday(ofDay: firstDay))
    }

    /// Whether any year has a matching date.
    ///
    /// A month is as long as it is and may begin on any weekday: four hundred years have each of the combinations.
    var hasDates: Bool {
        months.contains { month in
            Self.lengths(ofMonth: month).contains { length in
                (0..<7).contains { !days.days(length: length, firstWeekday: $0).isEmpty }
            }
        }
    }

    /// The lengths in days that a month may have: 28 and 29 of February, and one of any other.
    static func lengths(ofMonth month: Int) -> ClosedRange<Int> {
        month == 2 ? 28...29 : CivilMonth(year: 1970, month: month).length...CivilMonth(year: 1970, month: month).length
    }
}
