import SQJobsCore

/// The profiles of the two shared files.
struct Profiles: Sendable {
    /// The path of the config file.
    let configPath: String
    /// The path of the credentials file.
    let credentialsPath: String
    /// The config file's `services` sections by name.
    let services: [String: ProfileSection]

    private let profiles: [String: Profile]

    /// Sorts sections into profiles.
    ///
    /// - Parameters:
    ///   - config: The config file's sections: `default`, `profile NAME`, `services NAME`, and some that don't matter here.
    ///   - credentials: The credentials file's sections, each a profile's name.
    init(
        config: [String: ProfileSection], configPath: String,
        credentials: [String: ProfileSection], credentialsPath: String
    ) {
        self.configPath = configPath
        self.credentialsPath = credentialsPath
        services = Self.named("services", in: config)

        var configs = Self.named("profile", in: config)
        // [profile default] wins over [default] where a file has both.
        if configs["default"] == nil { configs["default"] = config["default"] }
        let names = Set(configs.keys).union(credentials.keys)
        profiles = names.reduce(into: [:]) { profiles, name in
            profiles[name] = Profile(name: name, credentials: credentials[name], config: configs[name])
        }
    }

    /// A profile, or nil if neither file has it.
    subscript(name: String) -> Profile? { profiles[name] }

    /// A profile that must be there.
    ///
    /// - Throws: `SQJobsError` with the code `invalidConfiguration` when neither file has it.
    func require(_ name: String) throws -> Profile {
        if let profile = profiles[name] { return profile }
        throw SQJobsError(
            .invalidConfiguration,
            "the profile \"\(name)\" is neither in \(configPath) nor in \(credentialsPath); "
                + "add it there, or name another one in AWS_PROFILE")
    }

    /// The sections whose header is a word and a name, which may stand in quotation marks.
    private static func named(_ kind: String, in sections: [String: ProfileSection]) -> [String: ProfileSection] {
        sections.reduce(into: [:]) { found, section in
            guard section.key.hasPrefix(kind + " ") else { return }
            var name = section.key.dropFirst(kind.count + 1)
            if let quote = name.first, quote == "\"" || quote == "'", name.count > 2, name.last == quote {
                name = name.dropFirst().dropLast()
            }
            found[String(name)] = section.value
        }
    }
}
