import Foundation
import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// A small HTTP server on the loopback interface that does to its clients whatever a test wants.
final class SocketServer: Sendable {
    /// A request as it came.
    struct Request: Sendable {
        /// The number of the connection, from 1.
        let connection: Int
        /// The request line and the header fields.
        let head: String
        let body: Data
    }

    /// What is done with a request.
    enum Reply: Sendable {
        /// An answer; the connection stays open.
        case answer(Int, [String: String] = [:], Data = Data())
        /// Some bytes, and the connection is closed.
        case bytes(String)
        /// The connection is reset.
        case reset
        /// Nothing; the connection stays open.
        case silence
    }

    private struct State {
        var requests: [Request] = []
        var open: [Int: Int32] = [:]
        var connectionCount = 0
        var isStopped = false
    }

    let port: UInt16
    private let listener: Int32
    private let state = Mutex(State())
    private let reply: @Sendable (Request) -> Reply

    init(_ reply: @escaping @Sendable (Request) -> Reply) throws {
        (listener, port) = try Self.listen()
        self.reply = reply
        Thread.detachNewThread { [self] in accept() }
    }

    /// The address of the server.
    var url: URL { get throws { try Self.url(port) } }

    /// The requests so far.
    var requests: [Request] { state.withLock { $0.requests } }

    /// How many connections there have been.
    var connectionCount: Int { state.withLock { $0.connectionCount } }

    /// How many connections are open.
    var openCount: Int { state.withLock { $0.open.count } }

    /// Closes the connections, as a server does with idle ones.
    func closeConnections() {
        state.withLock { state in
            for descriptor in state.open.values { _ = shutdown(descriptor, Int32(SHUT_RDWR)) }
        }
    }

    /// Ends the server. Its threads hold it until then.
    func stop() {
        state.withLock { $0.isStopped = true }
        closeConnections()
        _ = shutdown(listener, Int32(SHUT_RDWR))
    }

    /// The address of a port at which nobody listens.
    static func unusedURL() throws -> URL {
        let (descriptor, port) = try listen()
        _ = close(descriptor)
        return try url(port)
    }

    private static func url(_ port: UInt16) throws -> URL {
        guard let url = URL(string: "http://127.0.0.1:\(port)/") else { throw URLError(.badURL) }
        return url
    }

    private static func listen() throws -> (descriptor: Int32, port: UInt16) {
        #if canImport(Glibc)
            let stream = Int32(SOCK_STREAM.rawValue)
        #else
            let stream = SOCK_STREAM
        #endif
        let descriptor = socket(AF_INET, stream, 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isListening = withUnsafeMutableBytes(of: &address) { bytes -> Bool in
            guard let pointer = bytes.baseAddress?.assumingMemoryBound(to: sockaddr.self) else { return false }
            #if canImport(Glibc)
                return Glibc.bind(descriptor, pointer, length) == 0 && Glibc.listen(descriptor, 512) == 0
                    && getsockname(descriptor, pointer, &length) == 0
            #elseif canImport(Musl)
                return Musl.bind(descriptor, pointer, length) == 0 && Musl.listen(descriptor, 512) == 0
                    && getsockname(descriptor, pointer, &length) == 0
            #else
                return Darwin.bind(descriptor, pointer, length) == 0 && Darwin.listen(descriptor, 512) == 0
                    && getsockname(descriptor, pointer, &length) == 0
            #endif
        }
        guard descriptor >= 0, isListening else { throw POSIXError(.EADDRNOTAVAIL) }
        return (descriptor, UInt16(bigEndian: address.sin_port))
    }

    private func accept() {
        while true {
            #if canImport(Glibc)
                let descriptor = Glibc.accept(listener, nil, nil)
            #elseif canImport(Musl)
                let descriptor = Musl.accept(listener, nil, nil)
            #else
                let descriptor = Darwin.accept(listener, nil, nil)
            #endif
            let number = state.withLock { state -> Int? in
                guard descriptor >= 0, !state.isStopped else { return nil }
                state.connectionCount += 1
                state.open[state.connectionCount] = descriptor
                return state.connectionCount
            }
            guard let number else {
                if descriptor >= 0 { _ = close(descriptor) }
                _ = close(listener)
                return
            }
            Thread.detachNewThread { [self] in
                serve(descriptor, number)
                state.withLock { $0.open[number] = nil }
                _ = close(descriptor)
            }
        }
    }

    private func serve(_ descriptor: Int32, _ number: Int) {
        var buffer = Data()
        while let request = read(descriptor, number, &buffer) {
            state.withLock { $0.requests.append(request) }
            switch reply(request) {
            case .answer(let status, let headers, let body):
                var head = "HTTP/1.1 \(status) Status\r\nContent-Length: \(body.count)\r\n"
                for (name, value) in headers { head += "\(name): \(value)\r\n" }
                write(descriptor, Data("\(head)\r\n".utf8) + body)
            case .bytes(let text):
                write(descriptor, Data(text.utf8))
                return
            case .reset:
                // Closing with a linger time of zero sends RST.
                var option = linger(l_onoff: 1, l_linger: 0)
                _ = setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &option, socklen_t(MemoryLayout<linger>.size))
                return
            case .silence:
                break
            }
        }
    }

    /// Reads one request; nil when the connection ends before it is whole.
    private func read(_ descriptor: Int32, _ number: Int, _ buffer: inout Data) -> Request? {
        while true {
            if let end = buffer.firstRange(of: Data("\r\n\r\n".utf8)) {
                let head = String(decoding: buffer[..<end.lowerBound], as: UTF8.self)
                let length = head.lowercased().split(separator: "\r\n").lazy
                    .compactMap { $0.hasPrefix("content-length:") ? Int($0.dropFirst(15).filter(\.isNumber)) : nil }
                    .first
                let body = buffer[end.upperBound...]
                if body.count >= length ?? 0 {
                    let request = Request(connection: number, head: head, body: Data(body.prefix(length ?? 0)))
                    buffer = Data(body.dropFirst(length ?? 0))
                    return request
                }
            }
            var chunk = [UInt8](repeating: 0, count: 65_536)
            let count = recv(descriptor, &chunk, chunk.count, 0)
            guard count > 0 else { return nil }
            buffer.append(contentsOf: chunk[..<count])
        }
    }

    private func write(_ descriptor: Int32, _ data: Data) {
        #if canImport(Darwin)
            let flags: Int32 = 0
        #else
            let flags = Int32(MSG_NOSIGNAL)
        #endif
        var rest = data[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { send(descriptor, $0.baseAddress, $0.count, flags) }
            guard count > 0 else { return }
            rest = rest.dropFirst(count)
        }
    }
}
