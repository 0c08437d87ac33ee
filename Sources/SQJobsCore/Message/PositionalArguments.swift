/// The positional arguments of one call, and which property took each: the first property that asks gets the first.
final class PositionalArguments {
    let count: Int
    private var container: any UnkeyedDecodingContainer
    private var decoders: [any Decoder] = []
    private var takers: [String] = []
    private var areAllTaken = false

    init(_ args: any Decoder) throws {
        container = try args.unkeyedContainer()
        count = container.count ?? 0
    }

    /// The argument that belongs to a property: the one it took before, or the next that nobody took.
    func decoder(for property: String) -> (any Decoder)? {
        if let place = takers.firstIndex(of: property) { return decoders[place] }
        guard takers.count < count, let decoder = try? container.superDecoder() else { return nil }
        takers.append(property)
        decoders.append(decoder)
        return decoder
    }

    /// The argument that a scalar is read from.
    func onlyDecoder() -> (any Decoder)? {
        decoder(for: "")
    }

    /// An array-like type reads all of them by itself.
    func takeAll() {
        areAllTaken = true
    }

    func requireAllTaken() throws {
        guard takers.count < count, !areAllTaken else { return }
        throw ArgumentMismatch("there are \(count) positional arguments where at most \(takers.count) can be taken")
    }
}
