/// The positional arguments of one call, and which property took each: the first property that asks gets the first.
final class PositionalArguments {
    let count: Int
    private let decoders: [any Decoder]
    private var takers: [String] = []

    init(_ args: any Decoder) throws {
        var container = try args.unkeyedContainer()
        count = container.count ?? 0
        var decoders: [any Decoder] = []
        while !container.isAtEnd {
            decoders.append(try container.superDecoder())
        }
        self.decoders = decoders
    }

    /// The argument that belongs to a property: the one it took before, or the next that nobody took.
    func decoder(for property: String) -> (any Decoder)? {
        if let place = takers.firstIndex(of: property) { return decoders[place] }
        guard takers.count < decoders.count else { return nil }
        takers.append(property)
        return decoders[takers.count - 1]
    }

    /// The argument that a scalar is read from.
    func onlyDecoder() -> (any Decoder)? {
        decoder(for: "")
    }

    /// An array-like type reads all of them by itself.
    func takeAll() {
        takers = decoders.indices.map(String.init)
    }

    func requireAllTaken() throws {
        guard takers.count < count else { return }
        throw ArgumentMismatch("there are \(count) positional arguments where at most \(takers.count) can be taken")
    }
}
