import SQJobsCore
import Synchronization

/// Asks one place after the other, and stays with the one that had credentials for as long as it has some.
final class CredentialChain: CredentialSource {
    private let sources: [any CredentialSource]
    private let found = Mutex<(any CredentialSource)?>(nil)

    let name = "the credential chain"

    /// Makes a chain.
    ///
    /// - Parameter sources: The places, in the order in which they are asked.
    init(_ sources: [any CredentialSource]) {
        self.sources = sources
    }

    /// Fetches credentials.
    ///
    /// - Returns: Credentials, always.
    /// - Throws: What the first place that is set up throws; `SQJobsError` with the code `credentials` that lists
    ///   every place when all have nothing.
    func load() async throws -> CredentialFinding {
        if let source = found.withLock({ $0 }), case .found(let credentials) = try await source.load() {
            return .found(credentials)
        }
        var reasons: [String] = []
        for source in sources {
            switch try await source.load() {
            case .found(let credentials):
                found.withLock { $0 = source }
                return .found(credentials)
            case .nothing(let reason):
                reasons.append("\(source.name): \(reason)")
            }
        }
        throw SQJobsError(
            .credentials,
            "no AWS credentials were found; set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, name a profile in AWS_PROFILE, "
                + "or give the machine, the task or the pod a role (looked at \(reasons.joined(separator: "; ")))")
    }
}
