/// Why no response came.
struct TransportError: Error, Sendable {
    /// What is known of the request's fate.
    enum Delivery: Sendable {
        /// No byte of the request left this machine: sending it again cannot repeat anything.
        case notSent
        /// The request may have been read and carried out.
        case unknown
    }

    /// What is known of the request's fate.
    let delivery: Delivery
    /// Whether the time-out ran out, rather than the connection fail.
    let isTimeout: Bool
    /// What libcurl says of it, without the request's headers and body.
    let reason: String
}
