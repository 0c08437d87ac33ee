import Foundation

/// One line of JSON about one run.
struct Measurement: Encodable {
    var name: String
    var count: Int
    var seconds: Double
    var perSecond: Double
    var p50Milliseconds: Double?
    var p99Milliseconds: Double?
    var peakKilobytes: Int?
    var growthKilobytes: Int?
    var processorShare: Double?

    init(_ name: String, count: Int, seconds: Double) {
        self.name = name
        self.count = count
        self.seconds = seconds
        perSecond = seconds > 0 ? Double(count) / seconds : 0
    }

    /// Runs something and measures how long it takes.
    static func of(_ name: String, count: Int, _ work: () async throws -> Void) async rethrows -> Measurement {
        let start = ContinuousClock.now
        try await work()
        return Measurement(name, count: count, seconds: start.duration(to: .now) / .seconds(1))
    }

    func printLine() throws {
        let encoder = JSONEncoder()
        encoder.keyEncodingStrategy = .convertToSnakeCase
        encoder.outputFormatting = [.sortedKeys]
        print(String(decoding: try encoder.encode(self), as: UTF8.self))
    }
}
