import Foundation
import Testing

@testable import SQJobsSQS

@Suite("Signature Version 4")
struct SigV4SignerTests {
    private let suiteTime = SigningTime(second: 1_440_938_160)

    @Test("AWS's published test suite comes out as published", arguments: SuiteVector.all)
    func publishedSuite(_ vector: SuiteVector) {
        var headers = vector.headers
        headers.insert(("Host", "example.amazonaws.com"), at: 0)
        headers.append(("X-Amz-Date", suiteTime.stamp))
        if let token = vector.token { headers.append(("X-Amz-Security-Token", token)) }
        let canonical = CanonicalRequest(
            method: vector.method, path: vector.path, query: vector.query, headers: headers,
            body: Data(vector.body.utf8))
        let signer = SigV4Signer(service: "service", region: "us-east-1")
        let authorization = signer.authorization(canonical, with: SuiteVector.credentials, at: suiteTime)
        #expect(
            authorization == "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, "
                + "SignedHeaders=\(vector.signedHeaders), Signature=\(vector.signature)")
    }

    @Test("requests are signed as botocore signs them")
    func botocore() throws {
        let file = try BotocoreVectors.read()
        #expect(file.vectors.count == 8)
        for vector in file.vectors {
            let credentials = AWSCredentials(
                accessKeyID: file.key, secretAccessKey: file.secret, sessionToken: vector.sessionToken)
            var request = HTTPRequest(
                vector.method, vector.url, headers: vector.headers.map { ($0.key, $0.value) },
                body: Data(vector.body.utf8), timeout: .seconds(1))
            SigV4Signer(service: vector.service, region: vector.region)
                .sign(&request, with: credentials, at: vector.time)
            #expect(request.value(of: "Authorization") == vector.authorization, "\(vector.name)")
        }
    }

    @Test("a request can be signed anew: the fields of the first signature are replaced")
    func signingAgain() throws {
        let signer = SigV4Signer(service: "sqs", region: "eu-west-1")
        let url = try #require(URL(string: "https://sqs.eu-west-1.amazonaws.com/"))
        let temporary = AWSCredentials(accessKeyID: "ASIA1", secretAccessKey: "one", sessionToken: "token")
        var twice = HTTPRequest("POST", url, body: Data("{}".utf8), timeout: .seconds(1))
        var once = twice
        signer.sign(&twice, with: temporary, at: Date(timeIntervalSince1970: 1_000_000_000))
        #expect(twice.value(of: "X-Amz-Security-Token") == "token")
        signer.sign(&twice, with: SuiteVector.credentials, at: Date(timeIntervalSince1970: 1_000_000_060.9))
        signer.sign(&once, with: SuiteVector.credentials, at: Date(timeIntervalSince1970: 1_000_000_060.1))
        #expect(twice.headers.map(\.name) == once.headers.map(\.name))
        #expect(twice.headers.map(\.value) == once.headers.map(\.value))
        #expect(twice.value(of: "X-Amz-Date") == "20010909T014740Z")
    }

    @Test("the key that is kept is not used for another secret or another day")
    func keptKey() throws {
        let url = try #require(URL(string: "https://sqs.eu-west-1.amazonaws.com/"))
        let other = AWSCredentials(accessKeyID: "AKIDEXAMPLE", secretAccessKey: "other")
        let noon = Date(timeIntervalSince1970: 1_700_000_000)
        let warm = SigV4Signer(service: "sqs", region: "eu-west-1")
        for (credentials, date) in [
            (SuiteVector.credentials, noon), (other, noon), (SuiteVector.credentials, noon.addingTimeInterval(86_400)),
            (SuiteVector.credentials, noon),
        ] {
            var one = HTTPRequest("POST", url, timeout: .seconds(1))
            var two = one
            warm.sign(&one, with: credentials, at: date)
            SigV4Signer(service: "sqs", region: "eu-west-1").sign(&two, with: credentials, at: date)
            #expect(one.value(of: "Authorization") == two.value(of: "Authorization"))
        }
    }

    @Test("fields that libcurl or a proxy may change are not signed")
    func unsigned() throws {
        let url = try #require(URL(string: "https://sqs.eu-west-1.amazonaws.com/"))
        var request = HTTPRequest(
            "POST", url,
            headers: [("Content-Type", "a"), ("User-Agent", "b"), ("x-amzn-query-mode", "true"), ("Expect", "")],
            timeout: .seconds(1))
        SigV4Signer(service: "sqs", region: "eu-west-1")
            .sign(&request, with: SuiteVector.credentials, at: Date(timeIntervalSince1970: 0))
        #expect(request.value(of: "Authorization")?.contains("SignedHeaders=content-type;host;x-amz-date,") == true)
    }

    @Test(
        "times are written by the calendar",
        arguments: [
            (0, "19700101T000000Z"), (951_782_399, "20000228T235959Z"), (951_782_400, "20000229T000000Z"),
            (1_709_251_199, "20240229T235959Z"), (4_107_542_400, "21000301T000000Z"), (-1, "19691231T235959Z"),
            (1_735_689_599, "20241231T235959Z"),
        ])
    func times(_ second: Int, _ stamp: String) {
        #expect(SigningTime(second: second).stamp == stamp)
        #expect(SigningTime(second: second).day == stamp.prefix(8))
    }
}

extension HTTPRequest {
    /// The value of a header field; nil if it isn't there.
    func value(of name: String) -> String? {
        headers.first { $0.name.lowercased() == name.lowercased() }?.value
    }
}
