import Foundation
import SQJobsPeriodic

extension ScheduleStatus {
    /// When the schedule fires next, by its own clock; a dash if it is not to.
    var nextText: String { text(state == .enabled ? nextAt : nil) }

    /// When it fired last, by its own clock; a dash before the first time.
    var lastText: String { text(lastFiringAt) }

    private func text(_ date: Date?) -> String {
        guard let date else { return "-" }
        let zone = (try? schedule.zone()) ?? .gmt
        return date.formatted(
            Date.ISO8601FormatStyle(timeZone: zone).year().month().day().dateTimeSeparator(.space)
                .time(includingFractionalSeconds: false).timeZone(separator: .colon))
    }
}
