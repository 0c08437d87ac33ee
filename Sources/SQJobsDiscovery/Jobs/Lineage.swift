/// A class and those that it inherits from, as far as they were read.
struct Lineage {
    /// The class itself.
    let declaration: ClassDeclaration
    /// Its superclasses, the nearest first.
    private(set) var superclasses: [ClassDeclaration] = []
    /// Where it comes from; `nil` for a class that is no job.
    private(set) var base: JobBase?
    /// Whether beaters enqueue it.
    private(set) var isScheduled = false

    /// The names of what it inherits from that is no class: protocols, and aliases.
    private(set) var protocols: Set<String> = []

    private let types: TypeTable
    private let declaredBases: Set<String>

    /// Follows a class up.
    ///
    /// - Parameters:
    ///   - declaration: The class.
    ///   - types: Where to look names up.
    ///   - declaredBases: The classes of other packages that are said to be bases of jobs.
    init(of declaration: ClassDeclaration, types: TypeTable, declaredBases: Set<String> = []) {
        self.declaration = declaration
        self.types = types
        self.declaredBases = declaredBases
        var seen: Set<TypeReference> = []
        follow(declaration.inherits, in: declaration.module, &seen)
    }

    /// `seen` ends what a mistake of the source made endless.
    private mutating func follow(_ references: [TypeReference], in module: String, _ seen: inout Set<TypeReference>) {
        for reference in references where seen.insert(reference).inserted {
            switch types.meaning(of: reference, in: module) {
            case .class(let superclass):
                guard !classes.contains(where: { $0.place == superclass.place }) else { continue }
                superclasses.append(superclass)
                follow(superclass.inherits, in: superclass.module, &seen)
            case .alias(let references, let module):
                protocols.formUnion(reference.names.suffix(1))
                follow(references, in: module, &seen)
            case .outside(let names):
                end(at: names)
            case .other:
                continue
            }
        }
    }

    private mutating func end(at names: [String]) {
        protocols.formUnion(names.suffix(1))
        if names == ["Scheduled"] { isScheduled = true }
        if names.count == 1, let base = names.first.flatMap(JobBase.init) {
            self.base = base
            if base == .periodicJob { isScheduled = true }
        } else if declaredBases.contains(names.joined(separator: ".")) {
            base = .declared
        }
    }
}

extension Lineage {
    private var classes: [ClassDeclaration] { [declaration] + superclasses }

    /// Whether some class of it that was not read may override what these do not.
    var isOpenEnded: Bool { base == .declared }

    var overridesRun: Bool { classes.contains(where: \.members.overridesRun) }

    /// Whether an extension of a protocol gives it its schedule. To a `PeriodicJob` none does: its own comes first.
    var isScheduledByExtension: Bool {
        base != .periodicJob
            && types.extensions.contains {
                $0.members.schedule != nil && $0.extended.names.last.map(protocols.contains) == true
            }
    }

    /// The nearest that overrides a property.
    func value(_ property: KeyPath<ClassMembers, PropertyValue?>) -> PropertyValue? {
        classes.lazy.compactMap { $0.members[keyPath: property] }.first
    }

    /// The name that stands in messages; `nil` where it is computed, or comes from a class that was not read.
    var jobName: String? {
        if let value = value(\.name) { return value.text }
        return isOpenEnded ? nil : declaration.name
    }

    /// The initialiser that keeps a registry from making the job by itself; `nil` if it can.
    ///
    /// A class that declares a designated initialiser inherits none; any other has those of its superclass.
    var unusableInitialiser: Initialiser? {
        for declaration in classes {
            let initialisers = declaration.members.initialisers
            if initialisers.contains(where: \.needsNothing) { return nil }
            if let designated = initialisers.first(where: \.isDesignated) { return designated }
        }
        return nil
    }
}
