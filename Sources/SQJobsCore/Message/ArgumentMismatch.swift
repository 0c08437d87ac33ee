/// Says what does not fit, naming the property and never the value, which may be secret.
struct ArgumentMismatch: Error, CustomStringConvertible {
    let description: String

    init(_ reason: String) {
        description = reason
    }

    init(_ error: any Error) {
        switch error {
        case let mismatch as ArgumentMismatch:
            self = mismatch
        case DecodingError.keyNotFound(let key, let context):
            self.init("“\(Self.place(context.codingPath + [key]))” is missing")
        case DecodingError.valueNotFound(let type, let context):
            self.init("\(Self.name(context.codingPath)) is null or missing where \(type) is expected")
        case DecodingError.typeMismatch(let type, let context):
            self.init("\(Self.name(context.codingPath)) is not of type \(type)")
        case DecodingError.dataCorrupted(let context):
            let place = Self.place(context.codingPath)
            self.init(place.isEmpty ? "they are not valid JSON" : "“\(place)” cannot be read")
        default:
            self.init("\(type(of: error)) was thrown while they were read")
        }
    }

    private static func name(_ path: [any CodingKey]) -> String {
        let place = place(path)
        return place.isEmpty ? "the argument" : "“\(place)”"
    }

    /// The path below the pair of args and kwargs that the parameters are read from.
    private static func place(_ path: [any CodingKey]) -> String {
        let inner = path.first?.intValue == nil ? path[...] : path.dropFirst()
        return inner.map { key in
            key.intValue.map { "argument \($0 + 1)" } ?? key.stringValue
        }.joined(separator: ".")
    }
}
