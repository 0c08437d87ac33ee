/// An import of a module.
struct ImportDeclaration: Hashable {
    let module: String
    /// The access level that is written before it; `nil` for none.
    let access: AccessLevel?
}
