import Synchronization

/// A number that tasks and threads count up and down.
final class Count: Sendable {
    private let state = Atomic(0)

    var value: Int { state.load(ordering: .relaxed) }

    @discardableResult
    func add(_ number: Int = 1) -> Int {
        state.add(number, ordering: .relaxed).newValue
    }
}
