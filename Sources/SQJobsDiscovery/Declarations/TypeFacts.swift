/// What a type says of everything that is nested in it.
struct TypeFacts: Hashable {
    let access: AccessLevel
    let isGeneric: Bool
    let availability: Availability
}
