/// A single value read from the only positional argument, or an optional that may be absent.
struct ScalarArgumentContainer: SingleValueDecodingContainer {
    let decoder: ArgumentDecoder

    var codingPath: [any CodingKey] { [] }

    /// An optional struct is absent only when there are neither arguments nor keywords.
    func decodeNil() -> Bool {
        if decoder.positional.count == 0 {
            let keywords = try? decoder.kwargs.container(keyedBy: AnyKey.self)
            return keywords?.allKeys.isEmpty ?? true
        }
        guard decoder.positional.count == 1 else { return false }
        return (try? decoder.onlyArgument().decodeNil()) ?? false
    }

    func decode(_ type: Bool.Type) throws -> Bool { try decoder.onlyArgument().decode(type) }
    func decode(_ type: String.Type) throws -> String { try decoder.onlyArgument().decode(type) }
    func decode(_ type: Double.Type) throws -> Double { try decoder.onlyArgument().decode(type) }
    func decode(_ type: Float.Type) throws -> Float { try decoder.onlyArgument().decode(type) }
    func decode(_ type: Int.Type) throws -> Int { try decoder.onlyArgument().decode(type) }
    func decode(_ type: Int8.Type) throws -> Int8 { try decoder.onlyArgument().decode(type) }
    func decode(_ type: Int16.Type) throws -> Int16 { try decoder.onlyArgument().decode(type) }
    func decode(_ type: Int32.Type) throws -> Int32 { try decoder.onlyArgument().decode(type) }
    func decode(_ type: Int64.Type) throws -> Int64 { try decoder.onlyArgument().decode(type) }
    func decode(_ type: UInt.Type) throws -> UInt { try decoder.onlyArgument().decode(type) }
    func decode(_ type: UInt8.Type) throws -> UInt8 { try decoder.onlyArgument().decode(type) }
    func decode(_ type: UInt16.Type) throws -> UInt16 { try decoder.onlyArgument().decode(type) }
    func decode(_ type: UInt32.Type) throws -> UInt32 { try decoder.onlyArgument().decode(type) }
    func decode(_ type: UInt64.Type) throws -> UInt64 { try decoder.onlyArgument().decode(type) }
    func decode<Value: Decodable>(_ type: Value.Type) throws -> Value { try decoder.decodeRoot(type) }
}

extension ScalarArgumentContainer {
    private struct AnyKey: CodingKey {
        let stringValue: String
        var intValue: Int? { nil }

        init(stringValue: String) {
            self.stringValue = stringValue
        }

        init?(intValue: Int) {
            nil
        }
    }
}
