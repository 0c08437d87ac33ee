import Foundation
import SQJobsCore
import Testing

@testable import SQJobsSQS

@Suite("The libcurl transport", .timeLimit(.minutes(1)))
struct CurlTransportTests {
    private let ok = SocketServer.Reply.answer(200, [:], Data("ok".utf8))

    @Test("a request goes out as it is, and the answer comes back as it is, whatever its status")
    func roundTrip() async throws {
        let server = try SocketServer { _ in
            .answer(
                418, ["X-Amzn-RequestId": "r1", "DATE": " Sun, 06 Nov 1994 08:49:37 GMT ", "X-Empty": ""],
                Data("teapot".utf8))
        }
        defer { server.stop() }
        let transport = try CurlTransport()
        let request = HTTPRequest(
            "POST", try server.url.appending(path: "a").appending(queryItems: [URLQueryItem(name: "q", value: "1")]),
            headers: [("X-One", "1"), ("Content-Type", "text/plain"), ("X-Empty", "")], body: Data("body".utf8),
            timeout: .seconds(5))
        let response = try await transport.send(request)
        #expect(response.status == 418)
        #expect(response.body == Data("teapot".utf8))
        #expect(response.header("x-amzn-requestid") == "r1")
        #expect(response.header("Date") == "Sun, 06 Nov 1994 08:49:37 GMT")
        #expect(response.header("x-empty") == "")
        #expect(response.header("x-amzn") == nil)
        let seen = try #require(server.requests.first)
        let lines = seen.head.split(separator: "\r\n")
        #expect(lines.first == "POST /a?q=1 HTTP/1.1")
        #expect(lines.contains("X-One: 1"))
        #expect(lines.contains("Content-Type: text/plain"))
        #expect(lines.contains("X-Empty:"))
        #expect(lines.contains("Content-Length: 4"))
        #expect(!seen.head.lowercased().contains("accept:"))
        #expect(!seen.head.lowercased().contains("expect:"))
        #expect(seen.body == Data("body".utf8))
        await transport.shutdown()
    }

    @Test("methods other than POST, one after the other on the same handle")
    func methods() async throws {
        let server = try SocketServer { [ok] _ in ok }
        defer { server.stop() }
        let transport = try CurlTransport()
        for (method, body) in [("POST", "x"), ("PUT", ""), ("GET", ""), ("DELETE", ""), ("POST", "yz"), ("GET", "")] {
            let request = HTTPRequest(method, try server.url, body: Data(body.utf8), timeout: .seconds(5))
            #expect(try await transport.send(request).status == 200)
            let seen = try #require(server.requests.last)
            #expect(seen.head.hasPrefix("\(method) / HTTP/1.1"))
            #expect(seen.body == Data(body.utf8))
            #expect(seen.head.contains("Content-Length: 0") == (body.isEmpty && method != "GET"))
            #expect(!seen.head.contains("Content-Type"))
        }
        #expect(server.connectionCount == 1)
    }

    @Test("requests one after the other share a connection")
    func reuse() async throws {
        let server = try SocketServer { [ok] _ in ok }
        defer { server.stop() }
        let transport = try CurlTransport()
        for _ in 0..<50 { _ = try await transport.send(HTTPRequest("POST", try server.url, timeout: .seconds(5))) }
        #expect(server.connectionCount == 1)
    }

    @Test("200 requests at once go over as many connections as are allowed, and each gets its own answer")
    func concurrency() async throws {
        let server = try SocketServer { .answer(200, [:], $0.body) }
        defer { server.stop() }
        let url = try server.url
        var configuration = CurlTransport.Configuration()
        configuration.maximumConnections = 8
        let transport = try CurlTransport(configuration)
        let bodies = try await withThrowingTaskGroup(of: (Int, Data).self) { group in
            for number in 0..<200 {
                group.addTask {
                    let body = Data("request \(number)".utf8)
                    let request = HTTPRequest("POST", url, body: body, timeout: .seconds(20))
                    return (number, try await transport.send(request).body)
                }
            }
            return try await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
        }
        #expect(bodies.count == 200)
        #expect(bodies.allSatisfy { $1 == Data("request \($0)".utf8) })
        #expect(server.connectionCount <= 8)
    }

    @Test("long polls have connections of their own and keep no send waiting")
    func longPolls() async throws {
        let server = try SocketServer { [ok] in $0.head.hasPrefix("GET") ? .silence : ok }
        defer { server.stop() }
        let url = try server.url
        var configuration = CurlTransport.Configuration()
        configuration.maximumConnections = 1
        let transport = try CurlTransport(configuration)
        let polls = (0..<4).map { _ in
            Task { try await transport.send(HTTPRequest("GET", url, timeout: .seconds(30), isLongPoll: true)) }
        }
        try await eventually { server.requests.count == 4 }
        let response = try await transport.send(HTTPRequest("POST", url, timeout: .seconds(5)))
        #expect(response.status == 200)
        for poll in polls {
            poll.cancel()
            await #expect(throws: CancellationError.self) { try await poll.value }
        }
    }

    @Test("a body of a megabyte goes at once: nobody is asked for leave first")
    func bigBody() async throws {
        let server = try SocketServer { .answer(200, [:], $0.body) }
        defer { server.stop() }
        let transport = try CurlTransport()
        let body = Data((0..<1_048_577).map { UInt8(truncatingIfNeeded: $0 &* 31) })
        let response = try await transport.send(
            HTTPRequest("POST", try server.url, body: body, timeout: .seconds(20)))
        #expect(response.body == body)
        #expect(server.requests.first?.head.lowercased().contains("expect") == false)
    }

    @Test("an interim response leaves no header fields behind")
    func interimResponse() async throws {
        let server = try SocketServer { _ in
            .bytes(
                "HTTP/1.1 103 Early Hints\r\nRetry-After: 9\r\n\r\n"
                    + "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Type: a/b\r\n\r\nok")
        }
        defer { server.stop() }
        let response = try await CurlTransport().send(HTTPRequest("POST", try server.url, timeout: .seconds(5)))
        #expect(response.header("content-type") == "a/b")
        #expect(response.header("retry-after") == nil)
    }

    @Test("a header field with a line break in it is refused, lest it become two")
    func headerInjection() async throws {
        let request = HTTPRequest(
            "POST", try SocketServer.unusedURL(), headers: [("X-A", "1\r\nX-B: 2")], timeout: .seconds(5))
        let error = await #expect(throws: TransportError.self) { try await CurlTransport().send(request) }
        #expect(error?.delivery == .notSent)
        #expect(error?.reason.contains("line break") == true)
    }

    @Test("certificates are verified: without the authorities nothing is sent")
    func certificates() async throws {
        let server = try SocketServer { [ok] _ in ok }
        defer { server.stop() }
        let url = try #require(URL(string: "https://127.0.0.1:\(server.port)/"))
        var configuration = CurlTransport.Configuration()
        configuration.certificateAuthorities = "/nonexistent/authorities.pem"
        let error = await #expect(throws: TransportError.self) {
            try await CurlTransport(configuration).send(HTTPRequest("POST", url, timeout: .seconds(5)))
        }
        #expect(error?.delivery == .notSent)
        #expect(server.requests.isEmpty)
    }
}
