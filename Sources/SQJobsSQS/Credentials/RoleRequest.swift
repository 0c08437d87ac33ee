import Foundation
import SQJobsCore

/// Which role to take on, and how.
struct RoleRequest: Sendable, Equatable {
    /// The role's ARN.
    let arn: String
    /// The name that AWS's logs show for the session.
    let sessionName: String
    /// What the role's trust policy may ask for; nil for nothing.
    var externalID: String?
    /// How long the credentials last, in seconds, 900 to 43,200; nil for the hour that AWS gives.
    var seconds: Int?

    /// Makes a request.
    ///
    /// - Parameters:
    ///   - arn: The role's ARN.
    ///   - sessionName: The session's name; nil for `sqjobs-` and the time in seconds.
    ///   - now: The time.
    init(arn: String, sessionName: String?, now: Date) {
        self.arn = arn
        self.sessionName = sessionName ?? "sqjobs-\(Int(now.timeIntervalSince1970))"
    }
}
