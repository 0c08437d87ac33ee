import Synchronization

/// Keeps what tasks have done, in order.
final class Recorder<Value: Sendable>: Sendable {
    private let kept = Mutex<[Value]>([])

    var values: [Value] { kept.withLock { $0 } }
    var count: Int { kept.withLock(\.count) }

    func add(_ value: Value) {
        kept.withLock { $0.append(value) }
    }
}
