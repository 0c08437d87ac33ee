/// Finds the jobs among a target's classes, and what is wrong with them.
struct JobFinder {
    private let own: Declarations
    /// How the registry is called, for notes.
    private let registry: String

    private(set) var jobs: [DiscoveredJob] = []
    private(set) var diagnostics: Set<Diagnostic> = []

    /// Finds the jobs.
    ///
    /// - Parameters:
    ///   - own: What the target declares.
    ///   - others: What modules declare that it may inherit from.
    ///   - declaredBases: The classes of other packages that are said to be bases of jobs.
    ///   - registry: The name of the registry's property.
    init(own: Declarations, others: [Declarations], declaredBases: Set<String>, registry: String) {
        self.own = own
        self.registry = registry
        let types = TypeTable(own: own, others: others)
        let lineages = types.ownClasses
            .map { Lineage(of: $0, types: types, declaredBases: declaredBases) }.filter { $0.base != nil }
        let bases = Set(lineages.flatMap { $0.superclasses.map(\.place) })
        for lineage in lineages { examine(lineage, isBase: bases.contains(lineage.declaration.place)) }
        diagnostics.formUnion(NameClashes.among(lineages.filter(isOneJob)))
        jobs.sort {
            ($0.declaration.reference, $0.declaration.place) < ($1.declaration.reference, $1.declaration.place)
        }
    }

    private mutating func examine(_ lineage: Lineage, isBase: Bool) {
        let declaration = lineage.declaration
        guard declaration.isFinal else {
            if !isBase, !declaration.isOpen, declaration.members.overridesRun {
                note(
                    declaration,
                    "is taken for a base of jobs and not registered, for it is not final: make it a final class if it is a"
                        + " job")
            }
            return
        }
        diagnostics.formUnion(JobChecks.errors(in: lineage))
        register(lineage)
    }

    private mutating func register(_ lineage: Lineage) {
        let declaration = lineage.declaration
        let facts = own.facts(of: declaration.path)
        let availability = declaration.availability.and(facts.availability)
        if facts.access == .file {
            note(
                declaration,
                "is private to its file, where no registry can make it: leave out private, or register it in that file")
        } else if facts.isGeneric {
            note(
                declaration,
                "is generic, so it is not one job: register each by hand, beside JobRegistry.\(registry), or make it a base"
                    + " and each job a final class")
        } else if availability.isUnavailable {
            note(declaration, "is said to be unavailable, so it is not registered")
        } else if let initialiser = lineage.unusableInitialiser {
            let why = initialiser.arguments.isEmpty ? "can fail, waits or is private" : "needs arguments"
            note(
                declaration,
                "is not registered by itself, for its initialiser \(why): register"
                    + " \(declaration.reference)(\(initialiser.arguments.joined(separator: ", "))) by hand, beside"
                    + " JobRegistry.\(registry)")
        } else {
            jobs.append(
                DiscoveredJob(declaration: declaration, access: facts.access, availability: availability.conditions))
        }
    }

    /// Whether it is one job of one name, made by itself or by hand.
    private func isOneJob(_ lineage: Lineage) -> Bool {
        let facts = own.facts(of: lineage.declaration.path)
        return lineage.declaration.isFinal && facts.access != .file && !facts.isGeneric
            && !facts.availability.isUnavailable
    }

    private mutating func note(_ declaration: ClassDeclaration, _ text: String) {
        diagnostics.insert(.note(declaration.place, "\(declaration.reference) \(text)"))
    }
}
