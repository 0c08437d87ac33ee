import SQJobsCore
import Testing

@testable import SQJobsSQS

@Suite struct ProfileFilesTests {
    @Test func `the files are in the home folder unless a variable says otherwise`() {
        let standard = ProfileFiles(
            variables: EnvironmentVariables(["HOME": "/home/me"]), reader: FileReader { _ in nil })
        #expect(standard.configPath == "/home/me/.aws/config")
        #expect(standard.credentialsPath == "/home/me/.aws/credentials")
        let named = ProfileFiles(
            variables: EnvironmentVariables([
                "HOME": "/home/me", "AWS_CONFIG_FILE": "~/c", "AWS_SHARED_CREDENTIALS_FILE": "/k",
            ]), reader: FileReader { _ in nil })
        #expect(named.configPath == "/home/me/c")
        #expect(named.credentialsPath == "/k")
    }

    @Test func `a file in a home that may not be read is as good as absent, one that a variable names is an error`()
        throws
    {
        let locked = FileReader { path in throw SQJobsError(.invalidConfiguration, "\(path) cannot be read") }
        let standard = ProfileFiles(variables: EnvironmentVariables(["HOME": "/root"]), reader: locked)
        #expect(try standard.load()["default"] == nil)
        let named = ProfileFiles(
            variables: EnvironmentVariables(["HOME": "/root", "AWS_CONFIG_FILE": "/etc/aws"]), reader: locked)
        let error = #expect(throws: SQJobsError.self) { try named.load() }
        #expect(error?.message == "/etc/aws cannot be read")
    }

    @Test func `the system's reader tells a missing file from one that it cannot read`() throws {
        #expect(try FileReader.system.read("/nonexistent/file") == nil)
        let error = #expect(throws: SQJobsError.self) { try FileReader.system.read("/") }
        #expect(error?.message.hasPrefix("/ cannot be read") == true)
        #expect(try FileReader.system.read(#filePath)?.contains("@testable import") == true)
    }
}
