/// A promise that a broker did not keep.
public struct ConformanceFailure: Error, CustomStringConvertible {
    /// What the contract says, in words.
    public let expected: String
    /// What the broker did instead.
    public let got: String

    /// Makes a failure.
    ///
    /// - Parameters:
    ///   - expected: What the contract says, in words.
    ///   - got: What the broker did instead.
    public init(expected: String, got: String) {
        self.expected = expected
        self.got = got
    }

    /// Both in one sentence.
    public var description: String { "expected \(expected); got \(got)" }
}
