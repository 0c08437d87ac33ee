import SQJobsCore

/// How long a receive waits before it looks for itself, whatever it heard.
struct QueueNap {
    private var isSecondLook = false

    /// Who sends while a wait is being announced may not know of it yet.
    private static let first = Duration.milliseconds(25)
    private static let longest = Duration.seconds(5)

    /// The next wait.
    mutating func next(_ outlook: QueueOutlook) -> Duration {
        defer { isSecondLook = true }
        let longest = outlook.isNewlyAnnounced && !isSecondLook ? Self.first : Self.longest
        return min(outlook.next ?? longest, longest)
    }
}
