import Foundation
import Synchronization

/// What the process holds, as Linux counts it, in kilobytes.
enum MemoryUse {
    /// The resident memory when the 10,000th job was settled.
    static let early = Atomic<Int>(0)

    static var resident: Int { field("VmRSS:") }
    static var peak: Int { field("VmHWM:") }

    /// The processor time used so far, user and system, in seconds.
    static var processorSeconds: Double {
        var usage = rusage()
        getrusage(RUSAGE_SELF, &usage)
        return [usage.ru_utime, usage.ru_stime].reduce(0) { $0 + Double($1.tv_sec) + Double($1.tv_usec) / 1e6 }
    }

    private static func field(_ name: String) -> Int {
        let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
        let line = status.split(separator: "\n").first { $0.hasPrefix(name) } ?? ""
        return line.split(whereSeparator: { !$0.isNumber }).first.flatMap { Int($0) } ?? 0
    }
}
