import SQJobsTesting
import Synchronization

/// The newest claims of rows.
final class Newest: Sendable {
    private let claims = Mutex<[ResultID: ResultClaim]>([:])

    func note(_ claim: ResultClaim) {
        claims.withLock { $0[claim.id] = claim }
    }

    func claim(of other: ResultClaim) -> ResultClaim {
        claims.withLock { $0[other.id] } ?? other
    }
}
