import BenchTLS
import Crypto
import Foundation
import Logging
import ServiceLifecycle

/// What a worker at rest is compared with: a program that links the same libraries, has used TLS, a time zone, JSON and
/// a signature, and does nothing. Prints its resident memory in kilobytes: `bench-bare URL`.
@main
struct Bare {
    static func main() throws {
        bench_use_tls(CommandLine.arguments.dropFirst().first ?? "https://127.0.0.1:1")
        let logger = Logger(label: "bare")
        let group = ServiceGroup(services: [], logger: logger)
        let zone = TimeZone(identifier: "Europe/Madrid")
        let offset = zone?.secondsFromGMT(for: Date(timeIntervalSince1970: 1_700_000_000)) ?? 0
        let json = try JSONEncoder().encode(["offset": offset])
        let digest = HMAC<SHA256>.authenticationCode(for: json, using: SymmetricKey(size: .bits256))
        let status = try String(contentsOfFile: "/proc/self/status", encoding: .utf8)
        let line = status.split(separator: "\n").first { $0.hasPrefix("VmRSS:") } ?? ""
        withExtendedLifetime((group, digest)) {
            print(line.split(whereSeparator: { !$0.isNumber }).first ?? "0")
        }
    }
}
