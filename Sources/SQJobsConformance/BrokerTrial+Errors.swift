import SQJobsCore

extension BrokerTrial {
    /// The error of a call that must fail with a given code.
    func error(_ code: SQJobsError.Code, _ call: () async throws -> some Any) async throws -> SQJobsError {
        do {
            _ = try await call()
        } catch let error as SQJobsError {
            try expect(error.code == code, "an error with code \(code)", "\(error.code): \(error)")
            return error
        }
        throw ConformanceFailure(expected: "an error with code \(code)", got: "none")
    }

    /// Makes sure that the one entry of a call was answered `leaseLost`.
    func expectLost(_ answers: [Result<Void, SQJobsError>], _ what: String) throws {
        try expectEqual(answers.map(Self.word), ["leaseLost"], "the answer of \(what)")
    }

    static func word(_ answer: Result<Void, SQJobsError>) -> String {
        switch answer {
        case .success: "success"
        case .failure(let error): error.code.rawValue
        }
    }
}
