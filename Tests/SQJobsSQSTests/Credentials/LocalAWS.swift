import Foundation
import Logging
import SQJobsCore
import Testing

@testable import SQJobsSQS

/// The local server that tests run against: it has IAM, STS and an instance metadata service, and checks signatures.
struct LocalAWS {
    /// The server's address.
    let endpoint: String
    /// A user of it who may use STS.
    let user: AWSCredentials
    let transport: CurlTransport

    /// Finds the server, or fails the test.
    init() throws {
        let environment = ProcessInfo.processInfo.environment
        let told = ["ENDPOINT", "ACCESS_KEY", "SECRET_KEY"].map { environment["SQJOBS_TEST_SQS_\($0)"] }
        let hint: Comment =
            "SQJOBS_TEST_SQS_ENDPOINT, _ACCESS_KEY and _SECRET_KEY are not set: run the tests with Tests/Support/with-sqs"
        endpoint = try #require(told[0], hint)
        user = AWSCredentials(
            accessKeyID: try #require(told[1], hint), secretAccessKey: try #require(told[2], hint))
        transport = try CurlTransport()
    }

    /// Makes a role that a principal may take on, and returns its ARN.
    func makeRole(action: String, principal: String, externalID: String? = nil) async throws -> String {
        let name = "sqjobs-\(UUID().uuidString.lowercased())"
        let condition = externalID.map { #", "Condition": {"StringEquals": {"sts:ExternalId": "\#($0)"}}"# } ?? ""
        let trust = """
            {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": \(principal), "Action": "\(action)"\
            \(condition)}]}
            """
        // The server does not check its root account's signature.
        let root = AWSCredentials(accessKeyID: "test", secretAccessKey: "test")
        let answer = try await ask(
            "iam",
            ["Action": "CreateRole", "Version": "2010-05-08", "RoleName": name, "AssumeRolePolicyDocument": trust],
            as: root)
        let arn = try #require(answer["Arn"], "the server made no role")
        let policy =
            #"{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "sts:*", "Resource": "*"}]}"#
        _ = try await ask(
            "iam",
            [
                "Action": "PutRolePolicy", "Version": "2010-05-08", "RoleName": name, "PolicyName": "sts",
                "PolicyDocument": policy,
            ], as: root)
        return arn
    }

    /// Who the server says that some credentials belong to.
    func identity(of credentials: AWSCredentials) async throws -> String {
        let answer = try await ask("sts", ["Action": "GetCallerIdentity", "Version": "2011-06-15"], as: credentials)
        return answer["Arn"] ?? "refused: \(answer["Code"] ?? "")"
    }

    private func ask(
        _ service: String, _ form: [String: String], as credentials: AWSCredentials
    ) async throws -> SecurityTokenAnswer {
        let encoded = try form.map { name, value in
            "\(name)=\(try #require(value.addingPercentEncoding(withAllowedCharacters: .alphanumerics)))"
        }
        var request = HTTPRequest(
            "POST", try #require(URL(string: endpoint + "/")),
            headers: [("content-type", "application/x-www-form-urlencoded")],
            body: Data(encoded.joined(separator: "&").utf8), timeout: .seconds(30))
        SigV4Signer(service: service, region: "us-east-1").sign(&request, with: credentials, at: Date())
        let response = try await transport.send(request)
        return try #require(SecurityTokenAnswer(response.body), "the server answered with status \(response.status)")
    }

    /// Finds credentials and the rest on the server, with real network, shell and time, and made-up variables and files.
    func access(_ variables: [String: String], files: [String: String] = [:]) async throws -> AWSAccess {
        var environment = ["HOME": "/home/me", "AWS_REGION": "us-east-1", "AWS_ENDPOINT_URL": endpoint]
        environment.merge(variables) { $1 }
        var surroundings = AWSAccess.Surroundings(
            environment: environment, transport: transport, logger: Logger(label: "test"))
        surroundings.reader = FileReader { files[$0] }
        return try await AWSAccess.find(in: surroundings)
    }
}
