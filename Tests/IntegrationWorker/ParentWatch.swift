import Foundation
import SQJobsCommands

/// Ends this process soon after the one that started it, which may have been killed without a chance to see to it.
enum ParentWatch {
    static func start() {
        let parent = getppid()
        Task {
            while getppid() == parent { try await JobClock.system.sleep(.seconds(1)) }
            exit(1)
        }
    }
}
