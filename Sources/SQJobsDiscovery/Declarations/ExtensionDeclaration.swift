/// What an extension adds to a class.
struct ExtensionDeclaration: Hashable {
    let extended: TypeReference
    let inherits: [TypeReference]
    let members: ClassMembers
}
