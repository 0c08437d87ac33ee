/// A class as it is declared.
struct ClassDeclaration: Hashable {
    let module: String
    /// Its name and those of the types around it, outermost first.
    let path: [String]
    /// How code elsewhere in the module names it.
    let reference: String
    /// Where its name stands.
    let place: SourcePlace
    let isFinal: Bool
    let isOpen: Bool
    let conditions: [Condition]
    /// What the extensions around it say of it, if it stands in one.
    let availability: Availability
    /// What its inheritance clauses name, its superclass among them.
    var inherits: [TypeReference]
    var members: ClassMembers

    /// The class's own name.
    var name: String { path.last ?? reference }
}
