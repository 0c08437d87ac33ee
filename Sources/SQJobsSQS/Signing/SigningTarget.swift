import struct Foundation.URL

/// An address in the parts that are signed.
struct SigningTarget: Sendable {
    let url: URL
    /// Host and port.
    let authority: String
    /// The path as it goes on the wire.
    let path: String
    /// The query as it goes on the wire, without the question mark.
    let query: String

    init(_ url: URL) {
        self.url = url
        authority = url.authority
        path = url.path(percentEncoded: true)
        query = url.query(percentEncoded: true) ?? ""
    }
}
