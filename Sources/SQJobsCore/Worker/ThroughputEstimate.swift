/// How many messages a worker should have waiting: about what it finishes in a second.
struct ThroughputEstimate {
    private let concurrency: Int
    /// The mean time of a run, in seconds, newer runs counting more; `nil` before the first.
    private var mean: Double?

    /// No buffer is larger, for what waits here can be run by nobody else.
    static let largestBuffer = 1000
    private static let smallestBuffer = 10

    init(concurrency: Int) {
        self.concurrency = concurrency
    }

    mutating func add(_ duration: Duration) {
        let seconds = duration / .seconds(1)
        mean = mean.map { $0 + (seconds - $0) / 8 } ?? seconds
    }

    /// None while jobs take a second or more each, at least ten while they are shorter.
    var buffer: Int {
        guard let mean, mean < 1 else { return 0 }
        let perSecond = Double(concurrency) / max(mean, 1e-6)
        return Int(min(max(perSecond, Double(Self.smallestBuffer)), Double(Self.largestBuffer)))
    }
}
