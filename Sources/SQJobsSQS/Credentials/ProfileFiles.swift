import Foundation
import SQJobsCore

/// Where the shared files are: `~/.aws/config` and `~/.aws/credentials` unless a variable says otherwise.
///
/// https://docs.aws.amazon.com/sdkref/latest/guide/file-location.html
struct ProfileFiles: Sendable {
    /// The path of the config file.
    let configPath: String
    /// The path of the credentials file.
    let credentialsPath: String

    private let isConfigNamed: Bool
    private let isCredentialsNamed: Bool
    private let reader: FileReader

    /// Finds out where the files are.
    ///
    /// - Parameters:
    ///   - variables: The environment: `AWS_CONFIG_FILE`, `AWS_SHARED_CREDENTIALS_FILE` and `HOME`.
    ///   - reader: Reads the files.
    init(variables: EnvironmentVariables, reader: FileReader) {
        let home = variables["HOME"] ?? FileManager.default.homeDirectoryForCurrentUser.path
        func path(_ variable: String, or standard: String) -> String {
            let path = variables[variable] ?? standard
            return path == "~" || path.hasPrefix("~/") ? home + path.dropFirst() : path
        }
        configPath = path("AWS_CONFIG_FILE", or: "~/.aws/config")
        credentialsPath = path("AWS_SHARED_CREDENTIALS_FILE", or: "~/.aws/credentials")
        isConfigNamed = variables["AWS_CONFIG_FILE"] != nil
        isCredentialsNamed = variables["AWS_SHARED_CREDENTIALS_FILE"] != nil
        self.reader = reader
    }

    /// Reads both files; one that is not there is empty.
    ///
    /// - Throws: `SQJobsError` with the code `invalidConfiguration` when a file cannot be understood, or one that a
    ///   variable names cannot be read.
    func load() throws -> Profiles {
        Profiles(
            config: try sections(configPath, isNamed: isConfigNamed), configPath: configPath,
            credentials: try sections(credentialsPath, isNamed: isCredentialsNamed), credentialsPath: credentialsPath)
    }

    private func sections(_ path: String, isNamed: Bool) throws -> [String: ProfileSection] {
        let text: String?
        do {
            text = try reader.read(path)
        } catch  where !isNamed {
            // A service's user often has a home that it may not read (/root); nobody asked for that file.
            text = nil
        }
        return try text.map { try ProfileFileParser.parse($0, path: path) } ?? [:]
    }
}
