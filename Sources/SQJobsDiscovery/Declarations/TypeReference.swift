/// A type as it is named somewhere, without its generic arguments: `Bases.Timed` for `Bases.Timed<Int, Void>`.
struct TypeReference: Hashable {
    /// The names, outermost first.
    let names: [String]
    /// The types around the place where it is named, outermost first: where the search for it begins.
    let scope: [String]
    /// The clauses of `#if` around that place.
    let conditions: [Condition]
}
