/// The steps of an attempt and the hooks after it, by the names of the methods that a job overrides.
package enum JobStep: String, Sendable {
    case setUp
    case run
    case tearDown
    case onSuccess
    case onFailure
    case onRetry
    case onExhausted
}

/// Watches the steps of an attempt, for people who look on while a job runs.
package protocol StepObserver: Sendable {
    /// A step begins.
    func began(_ step: JobStep)

    /// A step returned, or threw an error.
    func ended(_ step: JobStep, _ error: (any Error)?)
}
