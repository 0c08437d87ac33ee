import SQJobsResults

/// One promise of the contract of ``ResultStore``, and the way to check it.
public struct ResultStoreCase: Sendable {
    /// The promise in words.
    public let name: String
    /// What a store must be able to do for the case to apply.
    public let needs: Set<ResultStoreFeature>
    private let check: @Sendable (ResultStoreTrial) async throws -> Void

    init(
        _ name: String, needs: Set<ResultStoreFeature> = [],
        _ check: @escaping @Sendable (ResultStoreTrial) async throws -> Void
    ) {
        self.name = name
        self.needs = needs
        self.check = check
    }

    /// Checks the promise; does nothing when the harness does not declare what the case needs.
    ///
    /// - Parameters:
    ///   - harness: The store and its surroundings, made anew for this call.
    ///   - patience: How long something that should happen at once may take in real time, before it is taken for stuck.
    /// - Throws: ``ConformanceFailure`` when the promise is not kept.
    public func run(on harness: any ResultStoreHarness, patience: Duration = .seconds(15)) async throws {
        guard needs.isSubset(of: harness.features) else { return }
        do {
            try await check(ResultStoreTrial(harness: harness, patience: patience))
        } catch let failure as ConformanceFailure {
            throw failure
        } catch {
            throw ConformanceFailure(expected: "“\(name)” to be checked without an error", got: "\(error)")
        }
    }
}

extension ResultStoreCase: CustomStringConvertible {
    /// The promise in words.
    public var description: String { name }
}
