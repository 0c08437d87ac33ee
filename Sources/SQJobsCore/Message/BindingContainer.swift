/// Properties bound as a Python call binds its arguments: by position as far as there are positional ones, then by name.
struct BindingContainer<Key: CodingKey>: KeyedDecodingContainerProtocol {
    let positional: PositionalArguments
    let keywords: KeyedDecodingContainer<Key>

    var codingPath: [any CodingKey] { [] }

    /// A dictionary asks for the keys there are: those are the keywords, and positional arguments fit nowhere.
    var allKeys: [Key] { keywords.allKeys }

    func contains(_ key: Key) -> Bool {
        positional.decoder(for: key.stringValue) != nil || keywords.contains(key)
    }

    func decodeNil(forKey key: Key) throws -> Bool {
        guard let decoder = try positionalDecoder(for: key) else { return try keywords.decodeNil(forKey: key) }
        return try decoder.singleValueContainer().decodeNil()
    }

    func decode<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value {
        guard let decoder = try positionalDecoder(for: key) else { return try keywords.decode(type, forKey: key) }
        do {
            return try decoder.singleValueContainer().decode(type)
        } catch {
            throw ArgumentMismatch(error, in: key.stringValue)
        }
    }

    func nestedContainer<NestedKey: CodingKey>(
        keyedBy type: NestedKey.Type, forKey key: Key
    ) throws -> KeyedDecodingContainer<NestedKey> {
        guard let decoder = try positionalDecoder(for: key) else {
            return try keywords.nestedContainer(keyedBy: type, forKey: key)
        }
        return try decoder.container(keyedBy: type)
    }

    func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
        guard let decoder = try positionalDecoder(for: key) else {
            return try keywords.nestedUnkeyedContainer(forKey: key)
        }
        return try decoder.unkeyedContainer()
    }

    func superDecoder() throws -> any Decoder {
        try keywords.superDecoder()
    }

    func superDecoder(forKey key: Key) throws -> any Decoder {
        try positionalDecoder(for: key) ?? keywords.superDecoder(forKey: key)
    }

    private func positionalDecoder(for key: Key) throws -> (any Decoder)? {
        guard let decoder = positional.decoder(for: key.stringValue) else { return nil }
        guard !keywords.contains(key) else {
            throw ArgumentMismatch("“\(key.stringValue)” is given twice, by position and by name")
        }
        return decoder
    }
}
