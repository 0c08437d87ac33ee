/// Finds what a name stands for, as the compiler would: from the innermost scope outwards, then in other modules.
struct TypeTable {
    /// What a name stands for.
    enum Meaning {
        case `class`(ClassDeclaration)
        /// What an alias or a protocol stands for, as it is named in that module.
        case alias([TypeReference], module: String)
        /// A type that is no class.
        case other
        /// Nothing that was read: the names without that of a module in front.
        case outside([String])
    }

    /// What a module declares, by path.
    fileprivate struct Module {
        let declarations: Declarations
        let classes: [[String]: [ClassDeclaration]]
    }

    private let modules: [Module]
    private let moduleNames: Set<String>

    /// Makes a table.
    ///
    /// - Parameters:
    ///   - own: The target.
    ///   - others: Modules whose classes it may inherit from.
    init(own: Declarations, others: [Declarations] = []) {
        modules = ([own] + others).map { declarations in
            let classes = declarations.classes.map { Self.extended($0, in: declarations) }
            return Module(declarations: declarations, classes: Dictionary(grouping: classes, by: \.path))
        }
        moduleNames = Set(modules.map(\.declarations.module)).union(own.imports.map(\.module)).union(JobBase.modules)
    }

    /// The classes of the target, each with what its extensions add, in the order of the source.
    var ownClasses: [ClassDeclaration] {
        (modules.first?.classes.values.flatMap(\.self) ?? []).sorted { $0.place < $1.place }
    }

    /// All extensions that were read.
    var extensions: [ExtensionDeclaration] { modules.flatMap(\.declarations.extensions) }

    /// What a name stands for where it is written.
    ///
    /// - Parameters:
    ///   - reference: The name, and where it is written.
    ///   - module: The module in which.
    func meaning(of reference: TypeReference, in module: String) -> Meaning {
        let names = reference.names
        if let home = modules.first(where: { $0.declarations.module == module }) {
            for depth in (0...reference.scope.count).reversed() {
                let path = Array(reference.scope.prefix(depth)) + names
                if let meaning = home.meaning(of: path, seenFrom: reference.conditions) { return meaning }
            }
        }
        if names.count > 1, let first = names.first, moduleNames.contains(first) {
            let rest = Array(names.dropFirst())
            let named = modules.first { $0.declarations.module == first }
            return named?.meaning(of: rest, seenFrom: reference.conditions) ?? .outside(rest)
        }
        for other in modules where other.declarations.module != module {
            if let meaning = other.meaning(of: names, seenFrom: reference.conditions) { return meaning }
        }
        return .outside(names)
    }

    private static func extended(_ declaration: ClassDeclaration, in module: Declarations) -> ClassDeclaration {
        var result = declaration
        for addition in module.extensions {
            let names = addition.extended.names
            guard names == declaration.path || names == [module.module] + declaration.path else { continue }
            result.inherits += addition.inherits
            result.members.merge(addition.members)
        }
        return result
    }
}

extension TypeTable.Module {
    /// What a path stands for here; of several classes, one that can be there in the same build.
    fileprivate func meaning(of path: [String], seenFrom conditions: [Condition]) -> TypeTable.Meaning? {
        if let candidates = classes[path] {
            let fitting = candidates.first { !$0.conditions.excludes(conditions) } ?? candidates.first
            if let fitting { return .class(fitting) }
        }
        if let candidates = declarations.aliases[path] {
            let fitting = candidates.first { !$0.conditions.excludes(conditions) } ?? candidates.first
            if let fitting { return .alias(fitting.stands, module: declarations.module) }
        }
        return declarations.types[path] == nil ? nil : .other
    }
}
