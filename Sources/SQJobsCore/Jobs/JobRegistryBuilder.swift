/// Turns the expressions of a ``JobRegistry``'s block into registrations.
@resultBuilder
public enum JobRegistryBuilder {
    /// A job, as an expression that makes one for each message.
    ///
    /// - Parameter make: The expression.
    public static func buildExpression<J: JobProtocol>(
        _ make: @autoclosure @escaping @Sendable () -> J
    ) -> [RegisteredJob] {
        [RegisteredJob(make)]
    }

    /// Another registry, whose jobs are included.
    ///
    /// - Parameter registry: The registry.
    public static func buildExpression(_ registry: JobRegistry) -> [RegisteredJob] {
        registry.jobs
    }

    /// The jobs of a block.
    public static func buildBlock(_ jobs: [RegisteredJob]...) -> [RegisteredJob] {
        jobs.flatMap(\.self)
    }

    /// The jobs of an `if` without `else`.
    public static func buildOptional(_ jobs: [RegisteredJob]?) -> [RegisteredJob] {
        jobs ?? []
    }

    /// The jobs of an `if`'s first branch.
    public static func buildEither(first jobs: [RegisteredJob]) -> [RegisteredJob] {
        jobs
    }

    /// The jobs of an `if`'s second branch.
    public static func buildEither(second jobs: [RegisteredJob]) -> [RegisteredJob] {
        jobs
    }

    /// The jobs of a loop.
    public static func buildArray(_ jobs: [[RegisteredJob]]) -> [RegisteredJob] {
        jobs.flatMap(\.self)
    }

    /// The jobs behind an `if #available`.
    public static func buildLimitedAvailability(_ jobs: [RegisteredJob]) -> [RegisteredJob] {
        jobs
    }
}
