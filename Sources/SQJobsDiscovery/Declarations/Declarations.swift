/// What the files of a module declare, as far as it matters for finding jobs.
struct Declarations {
    let module: String
    var classes: [ClassDeclaration] = []
    var aliases: [[String]: [AliasDeclaration]] = [:]
    /// All classes, structs, enums and actors: each may have jobs nested in it, and hides what has the same name
    /// elsewhere.
    var types: [[String]: TypeFacts] = [:]
    var extensions: [ExtensionDeclaration] = []
    var imports: [ImportDeclaration] = []

    /// What a type and those around it say together.
    func facts(of path: [String]) -> TypeFacts {
        let all = path.indices.compactMap { types[Array(path[...$0])] }
        return TypeFacts(
            access: all.map(\.access).min() ?? .module, isGeneric: all.contains(where: \.isGeneric),
            availability: all.map(\.availability).reduce(Availability()) { $0.and($1) })
    }
}
