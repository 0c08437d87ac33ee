import Foundation

/// Decodes parameters from positional arguments and keywords at once.
///
/// What the type asks for decides: a keyed container binds as a Python call does, an unkeyed one takes the positional
/// arguments, a single value takes the only one.
struct ArgumentDecoder: Decoder {
    let args: any Decoder
    let kwargs: any Decoder
    let positional: PositionalArguments

    var codingPath: [any CodingKey] { [] }
    var userInfo: [CodingUserInfoKey: Any] { args.userInfo }

    /// Types that JSON's decoder reads in a way of its own are left to it; every other type reads itself.
    func decodeRoot<Value: Decodable>(_ type: Value.Type) throws -> Value {
        if type == Date.self || type == Data.self || type == URL.self || type == Decimal.self {
            return try onlyArgument().decode(type)
        }
        return try Value(from: self)
    }

    func container<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
        let keywords = try kwargs.container(keyedBy: type)
        guard positional.count > 0 else { return keywords }
        return KeyedDecodingContainer(BindingContainer(positional: positional, keywords: keywords))
    }

    func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
        positional.takeAll()
        return try args.unkeyedContainer()
    }

    func singleValueContainer() throws -> any SingleValueDecodingContainer {
        ScalarArgumentContainer(decoder: self)
    }

    func onlyArgument() throws -> any SingleValueDecodingContainer {
        guard let decoder = positional.onlyDecoder() else {
            throw ArgumentMismatch("the one positional argument is missing")
        }
        return try decoder.singleValueContainer()
    }
}
