import Synchronization

/// A value that several tasks look at and change.
final class Shared<Value: Sendable>: Sendable {
    private let state: Mutex<Value>

    init(_ value: Value) {
        state = Mutex(value)
    }

    var value: Value { state.withLock(\.self) }

    @discardableResult
    func change<Answer: Sendable>(_ body: (inout Value) throws -> Answer) rethrows -> Answer {
        try state.withLock { value in try body(&value) }
    }
}
