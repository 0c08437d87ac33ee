/// An AWS key that the app gives itself, instead of leaving it to AWS's variables and files.
public struct SQSCredentials: Sendable {
    private let accessKeyID: String
    private let secretAccessKey: String
    private let sessionToken: String?

    /// Makes a key.
    ///
    /// - Parameters:
    ///   - accessKeyID: The key's id.
    ///   - secretAccessKey: The secret.
    ///   - sessionToken: The token of temporary credentials.
    public init(accessKeyID: String, secretAccessKey: String, sessionToken: String? = nil) {
        self.accessKeyID = accessKeyID
        self.secretAccessKey = secretAccessKey
        self.sessionToken = sessionToken
    }

    /// The credentials that requests are signed with.
    func checked() -> AWSCredentials {
        AWSCredentials(
            accessKeyID: accessKeyID, secretAccessKey: secretAccessKey, sessionToken: sessionToken, expiration: nil)
    }
}

extension SQSCredentials: CustomStringConvertible, CustomReflectable {
    /// The key's id alone.
    public var description: String { "SQSCredentials(\(accessKeyID))" }

    /// Shows no secret.
    public var customMirror: Mirror { Mirror(self, children: ["accessKeyID": accessKeyID]) }
}
