/// A door that opens once: whoever waits before goes on then, whoever comes later does not wait.
struct Gate: Sendable {
    private let opening = AsyncStream.makeStream(of: Void.self)

    func wait() async {
        for await _ in opening.stream {}
    }

    func open() {
        opening.continuation.finish()
    }
}
