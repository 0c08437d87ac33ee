/// What a class property gives, as far as its source tells.
struct PropertyValue: Hashable {
    /// The literal that it always gives; `nil` for anything that is computed.
    let text: String?
    /// Where the literal stands, or else the property.
    let place: SourcePlace
    /// How many bytes of the source precede the literal's first character; `nil` where a byte of the text may not be
    /// one of the source, as with escapes.
    let quotes: Int?
    /// The literal that the value is seeded with, where it is a schedule made with a seed.
    var seed: Seed = .none

    /// What spreads the `H` of a schedule.
    enum Seed: Hashable {
        case none
        case literal(String)
        case computed
    }
}
