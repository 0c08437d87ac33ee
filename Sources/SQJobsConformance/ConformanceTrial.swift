/// What the cases of every suite are written with.
protocol ConformanceTrial: Sendable {}

extension ConformanceTrial {
    func expect(_ condition: Bool, _ expected: String, _ got: @autoclosure () -> String) throws {
        guard !condition else { return }
        throw ConformanceFailure(expected: expected, got: got())
    }

    func expectEqual<Value: Equatable>(_ got: Value, _ expected: Value, _ what: String) throws {
        try expect(got == expected, "\(what) to be \(expected)", "\(got)")
    }
}
