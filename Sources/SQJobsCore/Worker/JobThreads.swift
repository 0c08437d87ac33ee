import DequeModule
import Foundation

/// The threads that jobs run on, apart from Swift's own pool: a job that blocks its thread delays no receive, renewal or
/// settlement.
///
/// Jobs that never block keep as many threads busy as the machine has cores. Only when work has waited for a moment,
/// because the busy threads are blocked, is one more thread put to work, up to one a place of the worker.
final class JobThreads: TaskExecutor, @unchecked Sendable {
    // Sendable: every access to the mutable state below is made while `condition` is locked.
    private let condition = NSCondition()
    private var queue: Deque<UnownedJob> = []
    private var threads = 0
    private var idle = 0
    private var isWatched = false
    private var taken = 0
    private var isStopped = false

    private let most: Int
    private let parallelism: Int

    /// How long work waits before one more thread is put to it.
    private static let patience = 0.002

    init(most: Int, parallelism: Int = max(2, ProcessInfo.processInfo.activeProcessorCount)) {
        self.most = most
        self.parallelism = min(most, parallelism)
    }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        condition.lock()
        queue.append(job)
        if busy < parallelism || !isWatched { wakeThread() }
        condition.unlock()
    }

    /// Lets the threads go. One that a job blocks ends when the job returns.
    func stop() {
        condition.lock()
        isStopped = true
        condition.broadcast()
        condition.unlock()
    }

    /// The threads that run a job now; one that only watches is none of them.
    private var busy: Int { threads - idle - (isWatched ? 1 : 0) }

    private func wakeThread() {
        if idle > 0 {
            condition.signal()
        } else if threads < most {
            threads += 1
            let thread = Thread { [self] in work() }
            // Foundation's 512 KB on some platforms is little for a deeply nested argument.
            thread.stackSize = 4 << 20
            thread.start()
            // On Linux a name that is given before the start is lost. The thread waits for the lock, so it has it in time.
            thread.name = "sqjobs-job"
        }
    }

    private func work() {
        condition.lock()
        while true {
            let isSurplus = busy > parallelism && !queue.isEmpty
            if isSurplus, !isWatched { watch() }
            if !isSurplus || !isWatched, let job = queue.popFirst() {
                taken += 1
                // Who woke this thread may have meant to wake two: a signal is lost on one that is not yet awake.
                if !queue.isEmpty, busy < parallelism || !isWatched { wakeThread() }
                condition.unlock()
                job.runSynchronously(on: asUnownedTaskExecutor())
                condition.lock()
            } else if isStopped {
                threads -= 1
                condition.unlock()
                return
            } else {
                idle += 1
                condition.wait()
                idle -= 1
            }
        }
    }

    /// Holds this thread back while the others get on with the queue; returns to join them when there is work that they
    /// do not get to, or when there is none.
    private func watch() {
        isWatched = true
        defer { isWatched = false }
        while !queue.isEmpty, !isStopped {
            let before = taken
            let end = Date(timeIntervalSinceNow: Self.patience)
            while condition.wait(until: end) {
                if busy < parallelism { return }
            }
            if taken == before { return }
        }
    }
}
