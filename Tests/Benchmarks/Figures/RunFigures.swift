import Foundation

/// One line of JSON about one run.
package struct RunFigures: Encodable {
    package var name: String
    package var count: Int
    package var seconds: Double
    package var perSecond: Double
    package var p50Milliseconds: Double?
    package var p99Milliseconds: Double?
    package var peakKilobytes: Int?
    package var growthKilobytes: Int?
    package var processorShare: Double?
    package var early: Double?
    package var late: Double?
    package var earlyBytes: Int?
    package var lateBytes: Int?

    package init(_ name: String, count: Int, seconds: Double) {
        self.name = name
        self.count = count
        self.seconds = seconds
        perSecond = seconds > 0 ? Double(count) / seconds : 0
    }

    /// Runs something and measures how long it takes.
    package static func of(_ name: String, count: Int, _ work: () async throws -> Void) async rethrows -> RunFigures {
        let start = ContinuousClock.now
        try await work()
        return RunFigures(name, count: count, seconds: start.duration(to: .now) / .seconds(1))
    }

    package func printLine() throws {
        let encoder = JSONEncoder()
        encoder.keyEncodingStrategy = .convertToSnakeCase
        encoder.outputFormatting = [.sortedKeys]
        print(String(decoding: try encoder.encode(self), as: UTF8.self))
    }
}
