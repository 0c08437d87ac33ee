import Foundation
import SQJobsSQLite

/// Claims rows in batches and completes them, one call after the other.
struct ResultRounds {
    let store: any ResultStore
    let count: Int
    let batch: Int

    func seconds() async throws -> Double {
        let requests = try (0..<count).map {
            ClaimRequest(id: try ResultID(of: "job-\($0)"), name: "noop", queue: "bench", arguments: nil)
        }
        for first in stride(from: 0, to: count, by: 1000) {
            _ = try await store.recordPending(
                requests[first..<min(first + 1000, count)].map {
                    PendingResult(id: $0.id, name: $0.name, queue: $0.queue, arguments: nil, delay: .zero)
                })
        }
        let start = ContinuousClock.now
        for first in stride(from: 0, to: count, by: batch) {
            let part = Array(requests[first..<min(first + batch, count)])
            let claims = try await store.claim(part, lease: .seconds(30)).map { answer in
                guard case .started(let claim, _) = answer else { throw Refused() }
                return claim
            }
            let written = try await store.complete(
                claims.map { ResultCompletion(claim: $0, ending: .success(output: Data("null".utf8))) })
            guard written.allSatisfy(\.self) else { throw Refused() }
        }
        return start.duration(to: .now) / .seconds(1)
    }

    private struct Refused: Error {}
}
