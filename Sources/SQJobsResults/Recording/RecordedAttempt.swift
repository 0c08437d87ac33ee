import SQJobsCore

/// How an attempt ended, for its row and for its message.
struct RecordedAttempt {
    let ending: ResultCompletion.Ending
    let outcome: JobOutcome

    private init(_ ending: ResultCompletion.Ending, _ outcome: JobOutcome) {
        self.ending = ending
        self.outcome = outcome
    }

    /// Translates an outcome; a success whose output cannot be kept is a failure for good, for another attempt would end
    /// the same way.
    init(_ outcome: JobOutcome, of job: any StoresResult.Type, stack: (@Sendable (any Error) -> String?)?) {
        func stored(_ error: any Error) -> StoredError { StoredError(error, stack: stack?(error)) }
        switch outcome {
        case .success(let output):
            do {
                self.init(.success(output: try job.storedOutput(ofAny: output)), outcome)
            } catch {
                let error = Self.unencodable(job.name, error)
                self.init(.failure(stored(error)), .exhausted(error))
            }
        case .exhausted(let error):
            self.init(.failure(stored(error)), outcome)
        case .failure(let error, let delay):
            self.init(.pending(after: stored(error), nextAttemptIn: delay.duration), outcome)
        case .retry(let delay):
            self.init(.pending(after: nil, nextAttemptIn: delay.duration), outcome)
        case .deferred(let delay):
            self.init(.pending(after: nil, nextAttemptIn: delay), outcome)
        case .cancelled, .unneeded:
            self.init(.pending(after: nil, nextAttemptIn: nil), outcome)
        }
    }

    /// The attempt when the store will not take its output; `nil` when that is not what it refused.
    func withoutOutput(because refusal: any Error) -> RecordedAttempt? {
        guard case .success(_?) = ending else { return nil }
        return RecordedAttempt(.failure(StoredError(refusal)), .exhausted(refusal))
    }

    private static func unencodable(_ job: String, _ error: any Error) -> SQJobsError {
        var place = ""
        if case EncodingError.invalidValue(_, let context)? = error as? EncodingError {
            place = context.codingPath.map(\.stringValue).joined(separator: ".")
        }
        let what = place.isEmpty ? "The output" : "“\(place)” in the output"
        return SQJobsError(
            .unencodableOutput,
            "\(what) of the job “\(job)” cannot be written as JSON: use strings, finite numbers, booleans, dates, lists"
                + " and objects.",
            job: job)
    }
}

extension RetryDelay {
    /// The time until the next attempt, as far as it is known.
    fileprivate var duration: Duration? {
        guard case .after(let delay) = self else { return nil }
        return delay
    }
}
