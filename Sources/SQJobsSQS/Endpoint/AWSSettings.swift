import SQJobsCore

/// What AWS's own tools are told by the environment and by the shared files, read once.
///
/// A variable wins over the profile's setting of the same meaning, as AWS says:
/// https://docs.aws.amazon.com/sdkref/latest/guide/settings-reference.html
struct AWSSettings: Sendable {
    /// The environment.
    let variables: EnvironmentVariables
    /// Where the shared files are.
    let files: ProfileFiles
    /// The name of the profile that is used.
    let profileName: String
    /// Whether the app itself named the profile, rather than the environment or nobody.
    let isProfileExplicit: Bool
    /// The files' content at the start.
    let profiles: Profiles
    /// The profile that is used; nil when nobody named one and the files have no default.
    let profile: Profile?

    /// Reads the shared files.
    ///
    /// - Parameters:
    ///   - variables: The environment.
    ///   - reader: Reads the files.
    ///   - profileName: The profile that the app asks for; nil for the one in `AWS_PROFILE`, and else `default`.
    /// - Throws: `SQJobsError` with the code `invalidConfiguration` when a file cannot be read as AWS's dialect of INI
    ///   or lacks the profile that was named.
    init(variables: EnvironmentVariables, reader: FileReader, profileName: String? = nil) throws {
        self.variables = variables
        files = ProfileFiles(variables: variables, reader: reader)
        let named = profileName ?? variables["AWS_PROFILE"]
        self.profileName = named ?? "default"
        isProfileExplicit = profileName != nil
        profiles = try files.load()
        profile = named == nil ? profiles["default"] : try profiles.require(self.profileName)
    }

    /// A setting's value; nil when it is set nowhere.
    ///
    /// - Parameters:
    ///   - variable: The environment variable's name.
    ///   - key: The name of the setting in a profile, if it has one.
    func value(_ variable: String, _ key: String? = nil) -> String? {
        variables[variable] ?? key.flatMap { profile?[$0] }
    }

    /// A setting that is true or false; false when it is set nowhere.
    ///
    /// - Throws: `SQJobsError` with the code `invalidConfiguration` when it is neither.
    func flag(_ variable: String, _ key: String? = nil) throws -> Bool {
        switch value(variable, key)?.lowercased() {
        case nil, "false": return false
        case "true": return true
        case let other?:
            let isInProfile = variables[variable] == nil
            let name = isInProfile ? "\(key ?? variable) of the profile \"\(profileName)\"" : variable
            throw SQJobsError(.invalidConfiguration, "\(name) is \"\(other)\"; it must be true or false")
        }
    }
}
