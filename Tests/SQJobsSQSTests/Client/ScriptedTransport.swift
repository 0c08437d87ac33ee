import Foundation
import Synchronization

@testable import SQJobsSQS

/// A transport that gives the answers it was told to, one after the other, and keeps what it was asked.
final class ScriptedTransport: HTTPTransport {
    /// What becomes of a request.
    enum Step: Sendable {
        case answer(HTTPResponse)
        case failure(TransportError)

        /// A response of SQS's.
        static func status(_ status: Int, _ body: String = "{}", _ headers: [String: String] = [:]) -> Step {
            .answer(HTTPResponse(status: status, headers: headers, body: Data(body.utf8)))
        }

        /// An error of SQS's JSON protocol.
        static func error(_ status: Int, _ code: String, _ message: String = "a reason") -> Step {
            .status(status, #"{"__type":"com.amazonaws.sqs#\#(code)","message":"\#(message)"}"#)
        }

        /// The connection broke before the request was sent.
        static let unreachable = Step.failure(
            TransportError(delivery: .notSent, isTimeout: false, reason: "Connection refused"))
        /// The connection broke after the request was sent.
        static let reset = Step.failure(
            TransportError(delivery: .unknown, isTimeout: false, reason: "Connection reset by peer"))
    }

    private struct State {
        var steps: ArraySlice<Step>
        var requests: [HTTPRequest] = []
    }

    private let state: Mutex<State>
    private let last: Step?

    /// - Parameter last: What follows when the steps are used up; an error of the test's own if it is nil.
    init(_ steps: [Step], then last: Step? = nil) {
        state = Mutex(State(steps: steps[...]))
        self.last = last
    }

    /// What was asked so far.
    var requests: [HTTPRequest] { state.withLock { $0.requests } }

    func send(_ request: HTTPRequest) async throws -> HTTPResponse {
        let step = state.withLock { state in
            state.requests.append(request)
            return state.steps.popFirst() ?? last
        }
        switch step {
        case .answer(let response): return response
        case .failure(let error): throw error
        case nil: throw UnexpectedRequest()
        }
    }

    /// There was a request more than the script has answers.
    struct UnexpectedRequest: Error {}
}
