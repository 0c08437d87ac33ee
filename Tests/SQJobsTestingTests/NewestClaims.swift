import SQJobsTesting
import Synchronization

/// Remembers the newest claim of each entry of an outbox.
final class NewestClaims: Sendable {
    private let claims = Mutex<[Int64: OutboxClaim]>([:])

    func note(_ new: [OutboxClaim]) {
        claims.withLock { claims in
            for claim in new { claims[claim.number] = claim }
        }
    }

    func claim(of number: Int64) -> OutboxClaim? {
        claims.withLock { $0[number] }
    }
}
