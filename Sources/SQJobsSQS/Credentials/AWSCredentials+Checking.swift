import Foundation
import SQJobsCore

extension AWSCredentials {
    /// Takes credentials from a source that may hold anything.
    ///
    /// Id and token go into header fields, where a stray line break would begin a header of its own, and the id also
    /// into the signature's scope, whose parts `/`, `,` and `=` divide.
    ///
    /// - Throws: `SQJobsError` with the code `credentials` when one of them cannot be what it should be.
    init(
        checking accessKeyID: String, _ secretAccessKey: String, sessionToken: String?, expiration: Date? = nil,
        from origin: String
    ) throws {
        let isID = Self.isPrintable(accessKeyID) && !accessKeyID.contains { "/,=".contains($0) }
        let arePrintable = Self.isPrintable(secretAccessKey) && sessionToken.map(Self.isPrintable) ?? true
        guard isID, arePrintable else {
            throw SQJobsError(
                .credentials,
                "the credentials from \(origin) have a part that is empty or holds a character which none can hold; "
                    + "copy them again")
        }
        self.init(
            accessKeyID: accessKeyID, secretAccessKey: secretAccessKey, sessionToken: sessionToken,
            expiration: expiration)
    }

    private static func isPrintable(_ text: String) -> Bool {
        !text.isEmpty && text.utf8.allSatisfy { (0x21...0x7E).contains($0) }
    }
}
