import struct Foundation.Date

/// What the options of one enqueueing come to.
struct EnqueueOptions {
    enum Start {
        case after(Duration)
        case at(Date)
    }

    var queue: QueueName?
    var start = Start.after(.zero)
    var group: String?
    var deduplicationID: String?
    var priority = 0
    var id: String?
    var attributes: [String: String] = [:]
    var uniqueKey: UniqueKey?

    init(_ options: [EnqueueOption]) {
        for option in options { option.apply(&self) }
    }

    func delay(from now: Date) -> Duration {
        switch start {
        case .after(let delay): max(delay, .zero)
        case .at(let date): .seconds(max(0, date.timeIntervalSince(now)))
        }
    }
}
