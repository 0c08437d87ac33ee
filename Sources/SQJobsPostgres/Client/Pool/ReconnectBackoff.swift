/// The waits before the next attempt to connect: they double, and are drawn from their upper half, so that many clients
/// of a server that comes back do not all knock at once.
struct ReconnectBackoff: Sendable {
    /// The longest first wait.
    var base = Duration.milliseconds(100)
    /// The longest wait of all.
    var cap = Duration.seconds(5)

    /// A wait.
    ///
    /// - Parameters:
    ///   - attempt: How many attempts failed so far, from 1.
    ///   - random: A number from 0 up to, not including, 1.
    func wait(after attempt: Int, random: Double) -> Duration {
        min(cap, base * (1 << min(max(attempt - 1, 0), 16))) * (0.5 + random / 2)
    }
}
