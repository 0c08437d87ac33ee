import Foundation
import SQJobsCore
import Synchronization
import Testing

@testable import SQJobsSQS

@Suite("The libcurl transport when things go wrong", .timeLimit(.minutes(1)))
struct CurlTransportFaultTests {
    private let ok = SocketServer.Reply.answer(200, [:], Data("ok".utf8))

    private func failure(_ reply: SocketServer.Reply, timeout: Duration = .seconds(5)) async throws -> TransportError {
        let server = try SocketServer { _ in reply }
        defer { server.stop() }
        let url = try server.url
        let error = await #expect(throws: TransportError.self) {
            try await CurlTransport().send(HTTPRequest("POST", url, body: Data("x".utf8), timeout: timeout))
        }
        #expect(server.requests.count == 1)
        return try #require(error)
    }

    @Test("nobody listens: nothing was sent")
    func refused() async throws {
        let url = try SocketServer.unusedURL()
        let error = await #expect(throws: TransportError.self) {
            try await CurlTransport().send(HTTPRequest("POST", url, timeout: .seconds(5)))
        }
        #expect(error?.delivery == .notSent)
        #expect(error?.isTimeout == false)
        #expect(error?.reason.contains("127.0.0.1") == true)
    }

    @Test("a reset after the request was read leaves its fate unknown")
    func reset() async throws {
        #expect(try await failure(.reset).delivery == .unknown)
    }

    @Test(
        "half a body is no answer",
        arguments: [
            "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"Mess", "HTTP/1.1 200 OK\r\nContent-Le", "",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nabc",
        ])
    func halfBody(_ bytes: String) async throws {
        #expect(try await failure(.bytes(bytes)).delivery == .unknown)
    }

    @Test("silence ends with the time-out")
    func silence() async throws {
        let start = ContinuousClock.now
        let error = try await failure(.silence, timeout: .milliseconds(200))
        #expect(error.isTimeout)
        #expect(error.delivery == .unknown)
        #expect(ContinuousClock.now - start >= .milliseconds(190))
    }

    @Test("a request whose time is up before a connection is free was not sent")
    func noConnectionInTime() async throws {
        let server = try SocketServer { _ in .silence }
        defer { server.stop() }
        let url = try server.url
        var configuration = CurlTransport.Configuration()
        configuration.maximumConnections = 1
        let clock = TestClock()
        let transport = try CurlTransport(configuration, clock: clock.clock)
        let first = Task { try await transport.send(HTTPRequest("POST", url, timeout: .seconds(30))) }
        try await eventually { server.requests.count == 1 }
        let reads = clock.elapsedReads
        let second = Task { try await transport.send(HTTPRequest("POST", url, timeout: .seconds(30))) }
        try await eventually { clock.elapsedReads > reads }
        clock.advance(by: .seconds(30))
        first.cancel()
        let error = await #expect(throws: TransportError.self) { try await second.value }
        #expect(error?.delivery == .notSent)
        #expect(error?.isTimeout == true)
        #expect(server.requests.count == 1)
    }

    @Test("a POST on a connection that dies under it does not arrive a second time", arguments: [1, 100_000])
    func noSilentRepetition(_ size: Int) async throws {
        let server = try SocketServer { [ok] in $0.head.contains("X-Number: 2") ? .reset : ok }
        defer { server.stop() }
        let url = try server.url
        let transport = try CurlTransport()
        func send(_ number: Int) async throws -> HTTPResponse {
            let body = Data(repeating: 97, count: size)
            let headers = [(name: "X-Number", value: "\(number)")]
            return try await transport.send(
                HTTPRequest("POST", url, headers: headers, body: body, timeout: .seconds(5)))
        }
        #expect(try await send(1).status == 200)
        let error = await #expect(throws: TransportError.self) { try await send(2) }
        #expect(error?.delivery == .unknown)
        #expect(try await send(3).status == 200)
        #expect(server.requests.map(\.body.count) == [size, size, size])
    }

    @Test("a connection that the server closed while it was idle is replaced without an error")
    func idleConnectionClosed() async throws {
        let server = try SocketServer { [ok] _ in ok }
        defer { server.stop() }
        let transport = try CurlTransport()
        for round in 1...3 {
            #expect(try await transport.send(HTTPRequest("POST", try server.url, timeout: .seconds(5))).status == 200)
            #expect(server.connectionCount == round)
            server.closeConnections()
            try await eventually { server.openCount == 0 }
        }
    }

    @Test("cancelling a task ends its request and closes its connection; others go on")
    func cancellation() async throws {
        let server = try SocketServer { [ok] in $0.head.hasPrefix("GET") ? .silence : ok }
        defer { server.stop() }
        let url = try server.url
        let transport = try CurlTransport()
        let task = Task { try await transport.send(HTTPRequest("GET", url, timeout: .seconds(30))) }
        try await eventually { server.requests.count == 1 }
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
        try await eventually { server.openCount == 0 }
        #expect(try await transport.send(HTTPRequest("POST", url, timeout: .seconds(5))).status == 200)
    }

    @Test("a task that is cancelled already sends nothing, nor does one that waits for a connection")
    func cancelledBeforeSending() async throws {
        let server = try SocketServer { _ in .silence }
        defer { server.stop() }
        let url = try server.url
        var configuration = CurlTransport.Configuration()
        configuration.maximumConnections = 1
        let transport = try CurlTransport(configuration)
        let cancelled = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            return try await transport.send(HTTPRequest("POST", url, timeout: .seconds(30)))
        }
        await #expect(throws: CancellationError.self) { try await cancelled.value }
        #expect(server.connectionCount == 0)

        let first = Task { try await transport.send(HTTPRequest("POST", url, timeout: .seconds(30))) }
        try await eventually { server.requests.count == 1 }
        let second = Task { try await transport.send(HTTPRequest("POST", url, timeout: .seconds(30))) }
        second.cancel()
        await #expect(throws: CancellationError.self) { try await second.value }
        first.cancel()
        await #expect(throws: CancellationError.self) { try await first.value }
        #expect(server.requests.count == 1)
    }

    @Test("cancelling at any moment leaves nothing behind: every request is answered once")
    func cancellationRace() async throws {
        let server = try SocketServer { [ok] _ in ok }
        defer { server.stop() }
        let url = try server.url
        let transport = try CurlTransport()
        var outcomes: [Bool] = []
        for round in 0..<300 {
            let task = Task { try await transport.send(HTTPRequest("POST", url, timeout: .seconds(5))).status == 200 }
            for _ in 0..<(round % 30) { await Task.yield() }
            task.cancel()
            switch await task.result {
            case .success(let isDone): outcomes.append(isDone)
            case .failure(let error): outcomes.append(error is CancellationError)
            }
        }
        #expect(outcomes.count == 300)
        #expect(outcomes.allSatisfy { $0 })
        await transport.shutdown()
        try await eventually { server.openCount == 0 }
    }

    @Test("shutting down ends the requests on their way and those that come later, and closes the connections")
    func shutdown() async throws {
        let server = try SocketServer { _ in .silence }
        defer { server.stop() }
        let url = try server.url
        var configuration = CurlTransport.Configuration()
        configuration.maximumConnections = 3
        let transport = try CurlTransport(configuration)
        let tasks = (0..<6).map { _ in
            Task { try await transport.send(HTTPRequest("POST", url, timeout: .seconds(30))) }
        }
        try await eventually { server.requests.count == 3 }
        await transport.shutdown()
        var fates: [TransportError.Delivery] = []
        for task in tasks {
            let error = await #expect(throws: TransportError.self) { try await task.value }
            if let error { fates.append(error.delivery) }
        }
        #expect(fates.count { $0 == .unknown } == 3)
        #expect(fates.count { $0 == .notSent } == 3)
        try await eventually { server.openCount == 0 }
        let late = await #expect(throws: TransportError.self) {
            try await transport.send(HTTPRequest("POST", url, timeout: .seconds(5)))
        }
        #expect(late?.delivery == .notSent)
        await transport.shutdown()
    }

    @Test("a transport that nobody holds any more ends its thread and closes its connections")
    func deinitialisation() async throws {
        let server = try SocketServer { [ok] _ in ok }
        defer { server.stop() }
        for _ in 0..<20 {
            let transport = try CurlTransport()
            _ = try await transport.send(HTTPRequest("POST", try server.url, timeout: .seconds(5)))
        }
        #expect(server.connectionCount == 20)
        try await eventually { server.openCount == 0 }
    }
}
