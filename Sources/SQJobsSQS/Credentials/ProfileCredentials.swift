import SQJobsCore

/// Credentials that a profile of the shared files has, or says how to get.
///
/// The files are read anew each time, so that a changed key is found. In a profile, a role comes before keys, keys
/// before a command, and a profile that another one names as its source may use its own keys for a role of its own.
/// https://docs.aws.amazon.com/sdkref/latest/guide/feature-assume-role-credentials.html
struct ProfileCredentials: CredentialSource {
    /// Where the files are.
    let files: ProfileFiles
    /// The profile's name.
    let profileName: String
    /// What takes on roles.
    let roles: RoleTaking
    /// Runs a profile's command.
    let process: CredentialProcess
    /// The places that `credential_source` may name, by its values.
    let places: [String: any CredentialSource]

    var name: String { "the profile \"\(profileName)\"" }

    func load() async throws -> CredentialFinding {
        let profiles = try files.load()
        guard let profile = profiles[profileName] else {
            return .nothing("it is neither in \(files.configPath) nor in \(files.credentialsPath)")
        }
        guard let credentials = try await credentials(of: profile, in: profiles, visited: []) else {
            return .nothing("it has no keys, no role and no credential_process")
        }
        return .found(credentials)
    }

    /// The credentials of a profile; nil if it says nothing of any.
    ///
    /// - Parameter visited: The profiles that led here, each by `source_profile`.
    private func credentials(
        of profile: Profile, in profiles: Profiles, visited: [String]
    ) async throws -> AWSCredentials? {
        let keys = try keys(of: profile)
        // A source's own keys count before its role, as with AWS's tools; at the start it is the other way round.
        if !visited.isEmpty, let keys { return keys }
        if let arn = profile["role_arn"] {
            return try await role(arn, of: profile, in: profiles, visited: visited)
        }
        if let keys { return keys }
        if let command = profile["credential_process"] {
            return try await process.credentials(from: command, profile: profile.name)
        }
        if ["sso_session", "sso_start_url", "login_session"].contains(where: { profile[$0] != nil }) {
            throw unusable(
                profile,
                "signs in through a browser (sso or aws login), which SQJobs does not do; run \"aws configure "
                    + "export-credentials --profile \(profile.name) --format env\" and set what it prints, or write "
                    + "\"credential_process = aws configure export-credentials --profile \(profile.name)\" into another profile"
            )
        }
        return nil
    }

    private func keys(of profile: Profile) throws -> AWSCredentials? {
        for section in profile.sections {
            guard let accessKeyID = section.values["aws_access_key_id"], !accessKeyID.isEmpty else { continue }
            guard let secretAccessKey = section.values["aws_secret_access_key"], !secretAccessKey.isEmpty else {
                throw unusable(profile, "has aws_access_key_id without aws_secret_access_key beside it; write both")
            }
            let sessionToken = section.values["aws_session_token"].flatMap { $0.isEmpty ? nil : $0 }
            return try AWSCredentials(
                checking: accessKeyID, secretAccessKey, sessionToken: sessionToken,
                from: "the profile \"\(profile.name)\"")
        }
        return nil
    }

    private func role(
        _ arn: String, of profile: Profile, in profiles: Profiles, visited: [String]
    ) async throws -> AWSCredentials {
        var role = RoleRequest(arn: arn, sessionName: profile["role_session_name"], now: roles.clock.now())
        if let path = profile["web_identity_token_file"] {
            return try await roles.assume(role, tokenFile: path)
        }
        guard profile["mfa_serial"] == nil else {
            throw unusable(
                profile,
                "asks for a one-time code (mfa_serial), which nobody types for SQJobs; run \"aws configure export-credentials "
                    + "--profile \(profile.name) --format env\" and set what it prints, or use a role without it")
        }
        role.externalID = profile["external_id"]
        if let duration = profile["duration_seconds"] {
            guard let seconds = Int(duration), (900...43_200).contains(seconds) else {
                throw unusable(profile, "has \"\(duration)\" as duration_seconds; write a number from 900 to 43200")
            }
            role.seconds = seconds
        }
        let source = try await source(of: profile, in: profiles, visited: visited)
        return try await roles.assume(role, with: source)
    }

    /// The credentials that a profile's role is taken on with.
    private func source(of profile: Profile, in profiles: Profiles, visited: [String]) async throws -> AWSCredentials {
        switch (profile["source_profile"], profile["credential_source"]) {
        case (nil, nil):
            throw unusable(
                profile, "has role_arn, but not who takes the role on; add source_profile or credential_source")
        case (_?, _?):
            throw unusable(profile, "has both source_profile and credential_source; keep one of them")
        case (nil, let place?):
            return try await credentials(from: place, for: profile)
        case (let name?, nil):
            let path = visited + [profile.name]
            // A profile may name itself, when the keys that take on its role stand beside it.
            let isItself = name == profile.name && visited.isEmpty
            if path.contains(name), !isItself {
                throw unusable(
                    profile, "goes round in a circle by source_profile: \((path + [name]).joined(separator: " → "))")
            }
            guard let source = profiles[name] else {
                throw unusable(profile, "has \"\(name)\" as source_profile, which neither file has; add it")
            }
            if isItself {
                if let keys = try keys(of: source) { return keys }
                throw unusable(profile, "names itself as source_profile, but has no keys; add them or name another")
            }
            if let credentials = try await credentials(of: source, in: profiles, visited: path) { return credentials }
            throw unusable(source, "is a source_profile, but has no keys, no role and no credential_process; add one")
        }
    }

    private func credentials(from place: String, for profile: Profile) async throws -> AWSCredentials {
        guard let source = places.first(where: { $0.key.lowercased() == place.lowercased() })?.value else {
            throw unusable(
                profile,
                "has \"\(place)\" as credential_source; write \(places.keys.sorted().joined(separator: ", ")) or use source_profile"
            )
        }
        switch try await source.load() {
        case .found(let credentials): return credentials
        case .nothing(let reason):
            throw SQJobsError(
                .credentials,
                "the profile \"\(profile.name)\" takes on its role with credentials from \(source.name), where there are "
                    + "none: \(reason)")
        }
    }

    private func unusable(_ profile: Profile, _ reason: String) -> SQJobsError {
        SQJobsError(.invalidConfiguration, "the profile \"\(profile.name)\" \(reason)")
    }
}
