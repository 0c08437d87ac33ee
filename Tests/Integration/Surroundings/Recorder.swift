import Synchronization

/// A list that jobs add to and tests read.
final class Recorder<Entry: Sendable>: Sendable {
    private let entries = Mutex<[Entry]>([])

    var all: [Entry] { entries.withLock(\.self) }

    var count: Int { entries.withLock(\.count) }

    func add(_ entry: Entry) {
        entries.withLock { $0.append(entry) }
    }
}
