import Foundation
import Synchronization

/// What the process holds, as Linux counts it, in kilobytes.
package enum MemoryUse {
    /// The resident memory when the 10,000th job was settled.
    package static let early = Atomic<Int>(0)

    package static var resident: Int { field("VmRSS:") }
    package static var peak: Int { field("VmHWM:") }

    /// The processor time used so far, user and system, in seconds.
    package static var processorSeconds: Double {
        var time = timespec()
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }

    private static func field(_ name: String) -> Int {
        let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
        let line = status.split(separator: "\n").first { $0.hasPrefix(name) } ?? ""
        return line.split(whereSeparator: { !$0.isNumber }).first.flatMap { Int($0) } ?? 0
    }
}
