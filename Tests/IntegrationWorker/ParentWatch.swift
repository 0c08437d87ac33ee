import Foundation
import SQJobsCommands
import ServiceLifecycle

/// Ends this process soon after the one that started it, which may have been killed without a chance to see to it.
struct ParentWatch: Service {
    private let parent = getppid()

    func run() async throws {
        try? await cancelWhenGracefulShutdown {
            while getppid() == parent { try await JobClock.system.sleep(.seconds(1)) }
            exit(1)
        }
    }
}
