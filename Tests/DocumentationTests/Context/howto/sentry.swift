protocol Reporter: Sendable {
    func capture(_ error: any Error, tags: [String: String], fingerprint: [String]) async
}

struct Silence: Reporter {
    func capture(_ error: any Error, tags: [String: String], fingerprint: [String]) async {}
}

let reporter: any Reporter = Silence()
