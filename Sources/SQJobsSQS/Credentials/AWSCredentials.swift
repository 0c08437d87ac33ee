import struct Foundation.Date

/// What AWS lets one in with: a key, its secret and, for temporary ones, a session token and an end.
///
/// Neither printing nor reflection shows the secret or the token.
struct AWSCredentials: Sendable, Equatable {
    /// The access key's id; not a secret, AWS itself writes it into logs.
    let accessKeyID: String
    /// The key that requests are signed with.
    let secretAccessKey: String
    /// What goes along with temporary credentials; nil for those of a user.
    let sessionToken: String?
    /// When they end; nil if they don't.
    let expiration: Date?

    init(accessKeyID: String, secretAccessKey: String, sessionToken: String? = nil, expiration: Date? = nil) {
        self.accessKeyID = accessKeyID
        self.secretAccessKey = secretAccessKey
        self.sessionToken = sessionToken
        self.expiration = expiration
    }
}

extension AWSCredentials: CustomStringConvertible, CustomDebugStringConvertible {
    /// The key's id and the end, without secret and token.
    var description: String {
        let end = expiration.map { ", expires \($0)" } ?? ""
        return "AWSCredentials(\(accessKeyID)\(end))"
    }

    /// The same as ``description``.
    var debugDescription: String { description }
}

extension AWSCredentials: CustomReflectable {
    /// A mirror with the key's id and the end alone, so that `dump` shows no secret either.
    var customMirror: Mirror {
        Mirror(self, children: ["accessKeyID": accessKeyID, "expiration": expiration as Any], displayStyle: .struct)
    }
}
