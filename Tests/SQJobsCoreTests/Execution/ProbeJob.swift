import SQJobsCore

/// A failure of a probe.
struct ProbeError: Error, Equatable, CustomStringConvertible {
    let description: String

    init(_ description: String) {
        self.description = description
    }
}

/// Writes down which of its methods were called, and throws where it is told to.
class ProbeJob: Job<[Int], Int> {
    /// What the methods throw, by their names.
    typealias Script = [String: any Error]

    let log: EventLog
    private let script: Script

    init(_ log: EventLog, _ script: Script = [:]) {
        self.log = log
        self.script = script
    }

    override class var name: String { "probe" }

    private func play(_ method: String, _ detail: String = "") throws {
        log.add(detail.isEmpty ? method : "\(method) \(detail)")
        if let error = script[method] { throw error }
    }

    override func setUp(_ parameters: [Int]) async throws { try play("setUp", "\(parameters)") }

    override func run(_ parameters: [Int]) async throws -> Int {
        try play("run", "\(parameters)")
        return parameters.reduce(0, +)
    }

    override func tearDown(_ parameters: [Int]) async throws { try play("tearDown", "\(parameters)") }
    override func onSuccess(_ output: Int) async throws { try play("onSuccess", "\(output)") }
    override func onFailure(_ error: any Error) async throws { try play("onFailure", "\(error)") }
    override func onRetry() async throws { try play("onRetry") }
    override func onExhausted(_ error: any Error) async throws { try play("onExhausted", "\(error)") }
}
