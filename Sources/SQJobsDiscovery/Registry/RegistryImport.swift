/// The one import that the generated file needs: a module of ours that the target itself imports.
struct RegistryImport {
    let module: String
    let access: AccessLevel

    /// Those that bring `JobRegistry`, the one that declares it first.
    private static let modules = [
        "SQJobsCore", "SQJobsResults", "SQJobsPeriodic", "SQJobsCommands", "SQJobsSQLite", "SQJobsPostgres",
        "SQJobsSQS",
        "SQJobsEager", "SQJobsTesting", "SQJobsConformance",
    ]

    /// Chooses one.
    ///
    /// - Parameters:
    ///   - imports: The target's own.
    ///   - registry: Who may see the registry. The import says so too where the target's say their access; where none
    ///     does, none may: Swift would call the others ambiguous.
    init(_ imports: [ImportDeclaration], for registry: AccessLevel) {
        let imported = Set(imports.map(\.module))
        module = Self.modules.first(where: imported.contains) ?? "SQJobsCore"
        access = imports.contains { $0.access != nil } ? registry : .module
    }
}
