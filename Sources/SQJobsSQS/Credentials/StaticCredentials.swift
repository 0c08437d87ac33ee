/// Credentials that the app gives itself: always the same.
struct StaticCredentials: CredentialProvider {
    private let given: AWSCredentials

    /// Makes a provider.
    ///
    /// - Parameter given: The credentials to hand out.
    init(_ given: AWSCredentials) {
        self.given = given
    }

    func credentials() async throws -> AWSCredentials { given }

    /// Does nothing: there are no others to hand out, and AWS's refusal says it all.
    func invalidate(_ rejected: AWSCredentials) async {}
}
