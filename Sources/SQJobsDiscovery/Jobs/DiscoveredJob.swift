/// A job that the registry makes by itself.
struct DiscoveredJob {
    let declaration: ClassDeclaration
    /// Who may see its class, with all that is around it considered.
    let access: AccessLevel
    /// From where on it is there, in words of `#available`.
    let availability: [String]
}
