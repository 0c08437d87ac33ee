/// An initialiser of a class, as far as it matters for making an instance.
struct Initialiser: Hashable {
    /// Whether it is not a convenience one: a class that declares a designated one inherits none.
    let isDesignated: Bool
    /// Whether it can be called from anywhere in the module, without arguments, and gives an instance at once.
    let needsNothing: Bool
    /// What a call of it must be given, with `…` for each value: `mailer: …`.
    let arguments: [String]
}
