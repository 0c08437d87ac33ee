import struct Foundation.URL

extension URL {
    /// Host and port, as the `Host` field has them: the port only where it isn't the scheme's own (RFC 9110, 7.2).
    var authority: String {
        let name = host(percentEncoded: true) ?? ""
        let host = name.utf8.contains(UInt8(ascii: ":")) && name.utf8.first != UInt8(ascii: "[") ? "[\(name)]" : name
        let own = scheme?.lowercased() == "http" ? 80 : 443
        guard let port, port != own else { return host }
        return "\(host):\(port)"
    }
}
