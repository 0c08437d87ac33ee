/// Where a beater dies: before or after one of its calls.
struct CrashPoint: Sendable, Hashable {
    /// A step of a beater that leaves something behind.
    enum Step: String, Sendable, CaseIterable {
        case beat
        case claim
        case send
        case remove
    }

    let step: Step
    let isBefore: Bool

    static let all: [CrashPoint] = Step.allCases.flatMap { step in
        [true, false].map { CrashPoint(step: step, isBefore: $0) }
    }
}

extension CrashPoint: CustomStringConvertible {
    var description: String { "\(isBefore ? "before" : "after") its \(step.rawValue)" }
}
