/// What is discovered of a target: the file that registers its jobs, and what to tell whoever builds it.
package struct Discovery: Sendable {
    /// The file's text.
    package let text: String
    /// What was found wrong or worth a note, in the order of the source.
    package let diagnostics: [Diagnostic]

    /// Whether the target must not be built.
    package var hasErrors: Bool { diagnostics.contains { $0.severity == .error } }

    /// Discovers the jobs of a target.
    ///
    /// - Parameters:
    ///   - target: The target's name, after which the registry is called.
    ///   - module: The name that it is imported by.
    ///   - files: Its source.
    ///   - others: The source of modules that it may inherit from, by their names.
    ///   - configuration: What the target says of classes of other packages.
    package init(
        target: String, module: String, files: [SourceFile], others: [String: [SourceFile]] = [:],
        configuration: DiscoveryConfiguration = DiscoveryConfiguration()
    ) {
        let own = DeclarationReader.read(files, module: module)
        let property = RegistryName.property(for: target)
        let finder = JobFinder(
            own: own,
            others: others.sorted { $0.key < $1.key }.map { DeclarationReader.read($0.value, module: $0.key) },
            declaredBases: Set(configuration.jobBases), registry: property)
        text = RegistryText(target: target, property: property, imports: own.imports, jobs: finder.jobs).text
        diagnostics = finder.diagnostics.sorted { ($0.place, $0.message) < ($1.place, $1.message) }
    }
}
