import Synchronization

@testable import SQJobsSQS

/// Credentials one after the other: the next ones come when those before are refused.
final class TestCredentials: CredentialProvider {
    private let left: Mutex<[AWSCredentials]>

    init(_ all: [AWSCredentials]) {
        left = Mutex(all)
    }

    /// - Parameter names: The ids of the access keys; the last stays.
    convenience init(_ names: String...) {
        self.init(names.map { AWSCredentials(accessKeyID: $0, secretAccessKey: "secret-of-\($0)", sessionToken: nil) })
    }

    func credentials() async throws -> AWSCredentials {
        try left.withLock { left in
            guard let first = left.first else { throw NoneLeft() }
            return first
        }
    }

    func invalidate(_ rejected: AWSCredentials) async {
        left.withLock { left in
            if left.count > 1, left.first == rejected { left.removeFirst() }
        }
    }

    struct NoneLeft: Error {}
}
