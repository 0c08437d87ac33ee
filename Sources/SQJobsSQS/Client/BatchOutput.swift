import SQJobsCore

/// What SQS says of each entry of a batch: an HTTP status of 200 says nothing of them.
struct BatchOutput<Success: Sendable>: Sendable {
    /// The entries that were carried out, by their places.
    private(set) var successful: [(place: Int, output: Success)] = []
    /// The entries that were not.
    private(set) var failed: [(place: Int, failure: BatchFailure)] = []

    /// Reads an answer.
    ///
    /// - Parameters:
    ///   - empty: What a success is read into.
    ///   - take: Takes a member of a success, if it is one of its own.
    init(
        _ json: JSONSlice, empty: Success, _ take: (inout Success, JSONSlice, JSONSlice) throws -> Void
    ) throws {
        try json.members { key, value in
            if key.isString("Successful") {
                try value.elements { entry in
                    var output = empty
                    var place: Int?
                    try entry.members { key, value in
                        if key.isString("Id") { place = try Self.place(value) } else { try take(&output, key, value) }
                    }
                    if let place { successful.append((place, output)) }
                }
            } else if key.isString("Failed") {
                try value.elements { entry in
                    let failure = try BatchFailure(entry)
                    if let place = Int(failure.id) { failed.append((place, failure)) }
                }
            }
        }
    }

    /// The output with a failure for each of so many entries that SQS does not mention, and without what was not asked
    /// for.
    func complete(_ count: Int) -> BatchOutput {
        var output = self
        var isOpen = Array(repeating: true, count: count)
        func close(_ place: Int) -> Bool {
            guard isOpen.indices.contains(place), isOpen[place] else { return false }
            isOpen[place] = false
            return true
        }
        output.successful.removeAll { !close($0.place) }
        output.failed.removeAll { !close($0.place) }
        for place in 0..<count where isOpen[place] {
            output.failed.append((place, BatchFailure(id: String(place), kind: .notMentioned)))
        }
        return output
    }

    /// The output with failures in place of some entries that SQS calls successful.
    func failing(_ kind: BatchFailure.Kind, where isWrong: (Int, Success) -> Bool) -> BatchOutput {
        guard successful.contains(where: { isWrong($0.place, $0.output) }) else { return self }
        var output = self
        output.successful.removeAll { isWrong($0.place, $0.output) }
        output.failed += successful.filter { isWrong($0.place, $0.output) }.map {
            ($0.place, BatchFailure(id: String($0.place), kind: kind))
        }
        return output
    }

    private static func place(_ value: JSONSlice) throws -> Int? { try value.string().flatMap { Int($0) } }
}

extension BatchOutput where Success == NoOutput {
    /// Reads an answer whose successes say nothing else.
    init(_ json: JSONSlice) throws {
        try self.init(json, empty: NoOutput()) { _, _, _ in }
    }
}
