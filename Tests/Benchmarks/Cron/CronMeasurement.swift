import Foundation
import SQJobsCron

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Nanoseconds of processor time in five repeats.
struct Samples: Codable {
    let values: [Double]

    init(_ values: [Double]) { self.values = values.sorted() }
    init(from decoder: any Decoder) throws {
        self.init(try decoder.singleValueContainer().decode([Double].self))
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(values)
    }

    var median: Double { values[values.count / 2] }
    /// How far the repeats lie apart, as a part of the median.
    var spread: Double { (values[values.count - 1] - values[0]) / median }
}

/// What one implementation did with one case.
struct CronMeasurement: Codable {
    /// Nanoseconds for one `next`.
    let next: Samples
    /// Nanoseconds for one parse.
    let parse: Samples
    /// The last instant found, in seconds from 1970: where implementations differ, so does their work.
    let last: Double

    /// Measures ours: every `next` is a call of its own, as a beater would make it.
    static func ours(_ test: CronCase, repeats: Int) throws -> CronMeasurement {
        let cron = try CronExpression(test.expression, seed: nil)
        let zone = TimeZone(identifier: test.zone) ?? .gmt
        let starts = test.starts.map { Date(timeIntervalSince1970: Double($0)) }
        let rounds = 400
        var last = Date.distantPast
        var nexts: [Double] = []
        var parses: [Double] = []
        for _ in 0..<repeats {
            nexts.append(
                nanoseconds(for: rounds * starts.count * test.count) {
                    for _ in 0..<rounds {
                        for start in starts {
                            last = start
                            for _ in 0..<test.count {
                                last = cron.next(after: last, in: zone) ?? .distantFuture
                            }
                        }
                    }
                })
            var bytes = 0
            parses.append(
                try nanoseconds(for: 20_000) {
                    for _ in 0..<20_000 {
                        bytes += try CronExpression(test.expression, seed: nil).resolvedText.utf8.count
                    }
                })
            precondition(bytes == 20_000 * test.expression.utf8.count)
        }
        return CronMeasurement(next: Samples(nexts), parse: Samples(parses), last: last.timeIntervalSince1970)
    }

    /// Processor time, which other programs on a busy machine disturb least; the peers are measured in the same.
    private static func nanoseconds(for count: Int, _ work: () throws -> Void) rethrows -> Double {
        let start = processorTime()
        try work()
        return (processorTime() - start) / Double(count)
    }

    private static func processorTime() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return Double(time.tv_sec) * 1e9 + Double(time.tv_nsec)
    }
}
