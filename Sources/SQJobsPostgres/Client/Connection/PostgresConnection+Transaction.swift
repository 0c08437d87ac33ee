/// How much transactions may see of one another: "Transaction Isolation" in PostgreSQL's manual.
enum PostgresIsolation: String, Sendable {
    case readCommitted = "BEGIN ISOLATION LEVEL READ COMMITTED"
    case repeatableRead = "BEGIN ISOLATION LEVEL REPEATABLE READ"
    case serializable = "BEGIN ISOLATION LEVEL SERIALIZABLE"
}

extension PostgresConnection {
    /// Carries out a transaction: commits when the body returns, rolls back when it throws.
    ///
    /// The task's cancellation ends the body's statements, but neither commit nor rollback.
    ///
    /// - Parameters:
    ///   - level: How much it may see of others.
    ///   - body: What is done in it.
    /// - Throws: What the body throws; ``PostgresError``, whose outcome is unknown when the connection broke under the
    ///   commit.
    func transaction<Result>(
        _ level: PostgresIsolation = .readCommitted, isolation: isolated (any Actor)? = #isolation,
        _ body: (PostgresConnection) async throws -> Result
    ) async throws -> Result {
        guard !isInTransaction else {
            throw PostgresError(.misuse, "a transaction cannot be within another")
        }
        try await open(level)
        let result: Result
        do {
            result = try await body(self)
        } catch {
            await rollBack()
            throw error
        }
        try await commit()
        return result
    }

    private func open(_ level: PostgresIsolation) async throws {
        _ = try await carryOut(
            [PostgresStatement(level.rawValue)], timeout: Self.standardTimeout, isLossUnknown: false)
    }

    private func commit() async throws {
        let rows = try await carryOut(
            [PostgresStatement("COMMIT")], timeout: Self.standardTimeout, isLossUnknown: true, isCancellable: false)
        // To commit a transaction that has failed is to roll it back, and no error.
        guard rows.first?.tag == "COMMIT" else {
            throw PostgresError(
                .refused, "the transaction was rolled back, because one of its statements had failed", state: "25P02")
        }
    }

    /// Closes the connection if it can't be done: that rolls back as well.
    private func rollBack() async {
        guard isUsable, isInTransaction else { return }
        let rows = try? await carryOut(
            [PostgresStatement("ROLLBACK")], timeout: Self.standardTimeout, isLossUnknown: false, isCancellable: false)
        if rows == nil { close() }
    }
}
