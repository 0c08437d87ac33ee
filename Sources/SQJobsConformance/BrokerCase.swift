/// One promise of the broker's contract, and the way to check it.
public struct BrokerCase: Sendable {
    /// The promise in words.
    public let name: String
    /// What a broker must be able to do for the case to apply.
    public let needs: Set<BrokerFeature>
    private let check: @Sendable (BrokerTrial) async throws -> Void

    init(
        _ name: String, needs: Set<BrokerFeature> = [], _ check: @escaping @Sendable (BrokerTrial) async throws -> Void
    ) {
        self.name = name
        self.needs = needs
        self.check = check
    }

    /// Checks the promise; does nothing when the harness does not declare what the case needs.
    ///
    /// - Parameters:
    ///   - harness: The broker and its surroundings, made anew for this call.
    ///   - patience: How long a call that should return at once may take in real time, before it is taken for stuck.
    /// - Throws: ``ConformanceFailure`` when the promise is not kept.
    public func run(on harness: any BrokerHarness, patience: Duration = .seconds(15)) async throws {
        guard needs.isSubset(of: harness.features) else { return }
        do {
            try await check(BrokerTrial(harness, patience: patience))
        } catch let failure as ConformanceFailure {
            throw failure
        } catch {
            throw ConformanceFailure(expected: "“\(name)” to be checked without an error", got: "\(error)")
        }
    }
}

extension BrokerCase: CustomStringConvertible {
    /// The promise in words.
    public var description: String { name }
}
