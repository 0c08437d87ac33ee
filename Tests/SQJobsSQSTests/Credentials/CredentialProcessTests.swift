import Foundation
import SQJobsCore
import Synchronization
import Testing

@testable import SQJobsSQS

@Suite struct CredentialProcessTests {
    private func world(_ run: @escaping @Sendable (String, [String: String]) async throws -> CommandRunner.Result?)
        -> CredentialWorld
    {
        CredentialWorld(
            environment: CredentialWorld.home,
            files: ["/home/me/.aws/config": "[default]\ncredential_process = get-keys --key SECRET \"two words\""],
            clock: CredentialClock(sleepersWake: false), run: run)
    }

    private func result(_ output: String, status: Int32 = 0) -> CommandRunner.Result {
        CommandRunner.Result(status: status, output: Data(output.utf8))
    }

    @Test func `the profile's command is run with the environment, and its JSON read`() async throws {
        let seen = Mutex<[String]>([])
        let world = world { command, environment in
            seen.withLock { $0.append("\(command) in \(environment["HOME"] ?? "")") }
            return self.result(
                #"{"Version": 1, "AccessKeyId": "P", "SecretAccessKey": "p", "SessionToken": "t", "Expiration": "2026-01-01T02:00:00.000Z"}"#
            )
        }
        #expect(
            try await world.credentials()
                == AWSCredentials(
                    accessKeyID: "P", secretAccessKey: "p", sessionToken: "t",
                    expiration: Date(timeIntervalSince1970: 1_767_225_600 + 7_200)))
        #expect(seen.withLock { $0 } == ["get-keys --key SECRET \"two words\" in /home/me"])
    }

    @Test func `credentials without token and end are good for ever`() async throws {
        let world = world { _, _ in self.result(#"{"Version": 1, "AccessKeyId": "P", "SecretAccessKey": "p"}"#) }
        #expect(try await world.credentials() == AWSCredentials(accessKeyID: "P", secretAccessKey: "p"))
    }

    @Test(arguments: [
        ("", Int32(3), "ended with status 3"),
        ("SECRET", 0, "did not print JSON with \"Version\": 1"),
        (#"{"AccessKeyId": "P", "SecretAccessKey": "SECRET"}"#, 0, "did not print JSON with \"Version\": 1"),
        (
            #"{"Version": 2, "AccessKeyId": "P", "SecretAccessKey": "SECRET"}"#, 0,
            "did not print JSON with \"Version\": 1"
        ),
        (#"{"Version": 1, "SecretAccessKey": "SECRET"}"#, 0, "left out AccessKeyId or SecretAccessKey"),
        (
            #"{"Version": 1, "AccessKeyId": "P", "SecretAccessKey": "SECRET", "Expiration": "SECRET"}"#, 0,
            "no ISO 8601 time"
        ),
        (#"{"Version": 1, "AccessKeyId": "P", "SecretAccessKey": "SECRET\n"}"#, 0, "a character which none can hold"),
        (
            #"{"Version": 1, "AccessKeyId": "P", "SecretAccessKey": "SECRET", "Expiration": "2025-12-31T23:59:59Z"}"#,
            0,
            "have expired already"
        ),
    ])
    func `a command that fails is an error without the command and what it printed`(
        output: String, status: Int32, reason: String
    ) async {
        let world = world { _, _ in self.result(output, status: status) }
        let error = await CredentialWorld.error { _ = try await world.credentials() }
        #expect(error?.code == .credentials)
        #expect(error?.message.contains(reason) == true, "\(error?.message ?? "")")
        #expect(error.map { "\($0)".contains("SECRET") } == false)
    }

    @Test func `a command that cannot be started, and one that does not end, are errors`() async {
        var world = world { _, _ in nil }
        var error = await CredentialWorld.error { _ = try await world.credentials() }
        #expect(error?.message.contains("cannot be started") == true)

        world = self.world { _, _ in
            let (never, _) = AsyncStream<Never>.makeStream()
            for await _ in never {}
            throw CancellationError()
        }
        world.clock = CredentialClock()
        error = await CredentialWorld.error { _ = try await world.credentials() }
        #expect(error?.message.contains("did not end within a minute") == true)
    }

    @Test func `the shell runs a command, closes what it reads and tells its status`() async throws {
        let environment = ["PATH": "/usr/bin:/bin", "WHAT": "value"]
        let printed = try await CommandRunner.system.run("cat; printf '%s' \"$WHAT and $# 'x'\"; exit 7", environment)
        #expect(printed.map { String(decoding: $0.output, as: UTF8.self) } == "value and 0 'x'")
        #expect(printed?.status == 7)
        let large = try await CommandRunner.system.run("head -c 1000000 /dev/zero", environment)
        #expect(large?.output.count == 1_000_000)
        #expect(large?.status == 0)
    }

    @Test func `a command that is no longer wanted is ended at once`() async throws {
        let task = Task { try await CommandRunner.system.run("sleep 600", ["PATH": "/usr/bin:/bin"]) }
        let start = ContinuousClock.now
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
        #expect(ContinuousClock.now - start < .seconds(60))
    }
}
