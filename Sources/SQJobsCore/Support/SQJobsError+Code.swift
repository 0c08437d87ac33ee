extension SQJobsError {
    /// The kind of a failure: an open set, compared by its text.
    public struct Code: RawRepresentable, Hashable, Sendable, CustomStringConvertible {
        /// The code's name, as logs and metrics show it.
        public let rawValue: String

        /// Makes a code from its name.
        ///
        /// - Parameter rawValue: A short name in lower camel case.
        public init(rawValue: String) {
            self.rawValue = rawValue
        }

        /// The code's name.
        public var description: String { rawValue }
    }
}

extension SQJobsError.Code {
    /// A message's body cannot be read as a job.
    public static let unreadableMessage = Self(rawValue: "unreadableMessage")
    /// A message names a job that is not registered here.
    public static let unknownJob = Self(rawValue: "unknownJob")
    /// A message's arguments do not fit the job's parameters.
    public static let invalidArguments = Self(rawValue: "invalidArguments")
    /// A job's parameters cannot be written as JSON.
    public static let unencodableArguments = Self(rawValue: "unencodableArguments")
    /// Two registered jobs have one name.
    public static let duplicateJob = Self(rawValue: "duplicateJob")
    /// A job does not override `run`.
    public static let jobWithoutRun = Self(rawValue: "jobWithoutRun")
    /// A message is larger than its queue can hold.
    public static let messageTooLarge = Self(rawValue: "messageTooLarge")
    /// A delay is longer than the queue can hold back a message.
    public static let delayTooLong = Self(rawValue: "delayTooLong")
    /// The queue lacks a feature that the call asks for.
    public static let unsupported = Self(rawValue: "unsupported")
    /// A setting or an option has a value that cannot be used.
    public static let invalidConfiguration = Self(rawValue: "invalidConfiguration")
    /// The queue does not exist.
    public static let queueDoesNotExist = Self(rawValue: "queueDoesNotExist")
    /// The broker cannot be reached, or answers that it cannot serve now; trying again later may help.
    public static let brokerUnavailable = Self(rawValue: "brokerUnavailable")
    /// The broker refused the request; the same request would be refused again.
    public static let brokerRefused = Self(rawValue: "brokerRefused")
    /// A message may have been sent or may not: the broker's answer did not arrive.
    public static let unknownOutcome = Self(rawValue: "unknownOutcome")
    /// No credentials were found, or those found are not accepted.
    public static let credentials = Self(rawValue: "credentials")
    /// The worker no longer holds the message: its lease ran out or its receipt is stale.
    public static let leaseLost = Self(rawValue: "leaseLost")
    /// The broker's answer cannot be understood, or its checksum is wrong.
    public static let invalidResponse = Self(rawValue: "invalidResponse")
    /// A job took longer than its time-out.
    public static let timedOut = Self(rawValue: "timedOut")
    /// The store cannot be reached, or cannot serve now; trying again later may help.
    public static let storeUnavailable = Self(rawValue: "storeUnavailable")
    /// The store refused the request; the same request would be refused again.
    public static let storeRefused = Self(rawValue: "storeRefused")
    /// The store's schema is older than this program needs.
    public static let schemaTooOld = Self(rawValue: "schemaTooOld")
    /// The store's schema is newer than this program knows.
    public static let schemaTooNew = Self(rawValue: "schemaTooNew")
    /// The worker or the broker is shutting down.
    public static let shuttingDown = Self(rawValue: "shuttingDown")
}
