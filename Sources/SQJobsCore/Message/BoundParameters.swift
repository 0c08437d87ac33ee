/// Parameters read from the pair `[args, kwargs]` as a Python call binds its arguments.
struct BoundParameters<Parameters: Decodable>: Decodable {
    let value: Parameters

    init(from decoder: any Decoder) throws {
        var pair = try decoder.unkeyedContainer()
        let args = try pair.superDecoder()
        let kwargs = try pair.superDecoder()
        let positional = try PositionalArguments(args)
        value = try ArgumentDecoder(args: args, kwargs: kwargs, positional: positional).decodeRoot(Parameters.self)
        try positional.requireAllTaken()
    }
}
