/// A `typealias`, or a protocol: another name for what it names or inherits.
struct AliasDeclaration: Hashable {
    let stands: [TypeReference]
    let conditions: [Condition]
}
