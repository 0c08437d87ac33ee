/// One profile, as the two shared files together have it.
struct Profile: Sendable, Equatable {
    /// The profile's name.
    let name: String
    /// Its section in the credentials file.
    let credentials: ProfileSection?
    /// Its section in the config file.
    let config: ProfileSection?

    /// A setting's value; that of the credentials file wins, as AWS says:
    /// https://docs.aws.amazon.com/cli/latest/userguide/cli-configure-files.html
    subscript(key: String) -> String? {
        for section in [credentials, config] {
            if let value = section?.values[key], !value.isEmpty { return value }
        }
        return nil
    }

    /// The sections in which keys are looked for, in order: a key and its secret must come from the same one.
    var sections: [ProfileSection] { [credentials, config].compactMap(\.self) }
}
