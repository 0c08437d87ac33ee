/// Says what does not fit, naming the property and never the value, which may be secret.
struct ArgumentMismatch: Error, CustomStringConvertible {
    let description: String

    init(_ reason: String) {
        description = reason
    }

    /// - Parameter property: The property that the value was given to by position, where its place alone says little.
    init(_ error: any Error, in property: String? = nil) {
        func place(_ path: [any CodingKey]) -> String { Self.place(path, in: property) }
        switch error {
        case let mismatch as ArgumentMismatch:
            self = mismatch
        case DecodingError.keyNotFound(let key, let context):
            self.init("“\(place(context.codingPath + [key]))” is missing")
        case DecodingError.valueNotFound(let type, let context):
            self.init("\(Self.name(place(context.codingPath))) is null or missing where \(type) is expected")
        case DecodingError.typeMismatch(let type, let context):
            self.init("\(Self.name(place(context.codingPath))) is not of type \(type)")
        case DecodingError.dataCorrupted(let context):
            let place = place(context.codingPath)
            self.init(place.isEmpty ? "they are not valid JSON" : "“\(place)” cannot be read")
        default:
            self.init("\(type(of: error)) was thrown while they were read")
        }
    }

    private static func name(_ place: String) -> String {
        place.isEmpty ? "the argument" : "“\(place)”"
    }

    /// The path below the pair of args and kwargs that the parameters are read from.
    private static func place(_ path: [any CodingKey], in property: String?) -> String {
        let inner = path.first?.intValue == nil ? path[...] : path.dropFirst(property == nil ? 1 : 2)
        let names = inner.map { key in key.intValue.map { "argument \($0 + 1)" } ?? key.stringValue }
        return ((property.map { [$0] } ?? []) + names).joined(separator: ".")
    }
}
