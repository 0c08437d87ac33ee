import Foundation
import Synchronization

/// A command that runs: reads what it prints until it ends.
final class RunningCommand: Sendable {
    private typealias Waiter = CheckedContinuation<CommandRunner.Result?, any Error>

    private struct State {
        var output: Data?
        var status: Int32?
        var isStarted = false
        var isStopped = false
        var waiter: Waiter?
    }

    private let process: Process
    private let pipe = Pipe()
    private let state = Mutex(State())

    /// Takes a process that is set up but not started.
    init(_ process: Process) {
        self.process = process
    }

    /// Starts the command and waits for its end.
    ///
    /// - Returns: What it left behind; nil if it cannot be started.
    /// - Throws: `CancellationError` after ``stop()``.
    func result() async throws -> CommandRunner.Result? {
        process.standardOutput = pipe
        process.terminationHandler = { [weak self] process in
            let status = process.terminationStatus
            self?.finish { $0.status = status }
        }
        return try await withCheckedThrowingContinuation { start($0) }
    }

    /// Ends the command; what it started itself may live on, and nobody waits for that.
    func stop() {
        let (waiter, isStarted) = state.withLock { state in
            state.isStopped = true
            return (state.waiter.take(), state.isStarted)
        }
        if isStarted { process.terminate() }
        waiter?.resume(throwing: CancellationError())
    }

    private func start(_ waiter: Waiter) {
        let isWanted = state.withLock { state in
            if !state.isStopped { state.waiter = waiter }
            return !state.isStopped
        }
        guard isWanted else { return waiter.resume(throwing: CancellationError()) }
        guard (try? process.run()) != nil else {
            state.withLock { $0.waiter.take() }?.resume(returning: nil)
            return
        }
        let isStopped = state.withLock { state in
            state.isStarted = true
            return state.isStopped
        }
        // A thread may block, which a task may not; FileHandle's own way to be called back loses the end on Linux.
        Thread { [self] in
            let output = try? pipe.fileHandleForReading.readToEnd()
            finish { $0.output = output ?? Data() }
        }.start()
        if isStopped { process.terminate() }
    }

    /// Notes a part of the end down, and answers whoever waits once all of it is there.
    private func finish(_ change: (inout State) -> Void) {
        let (waiter, result) = state.withLock { state -> (Waiter?, CommandRunner.Result?) in
            change(&state)
            guard let status = state.status, let output = state.output else { return (nil, nil) }
            return (state.waiter.take(), CommandRunner.Result(status: status, output: output))
        }
        waiter?.resume(returning: result)
    }
}
