import Synchronization

/// Keeps what tasks have done, in order.
package final class Recorder<Value: Sendable>: Sendable {
    private let kept = Mutex<[Value]>([])

    package var all: [Value] { kept.withLock { $0 } }
    package var count: Int { kept.withLock(\.count) }

    package init() {}

    package func add(_ value: Value) {
        kept.withLock { $0.append(value) }
    }
}
