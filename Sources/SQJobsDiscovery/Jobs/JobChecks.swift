import Foundation
import SQJobsCron

/// What must be right of each job before its target is built.
enum JobChecks {
    /// What is wrong with one job.
    ///
    /// - Parameter lineage: The job's class and those that it inherits from.
    static func errors(in lineage: Lineage) -> [Diagnostic] {
        let declaration = lineage.declaration
        var errors: [Diagnostic] = []
        if !lineage.overridesRun, !lineage.isOpenEnded {
            errors.append(
                .error(declaration.place, "the job \(declaration.reference) does nothing: override run(_:) in it"))
        }
        guard lineage.isScheduled else { return errors }
        if let schedule = lineage.value(\.schedule) {
            errors += problem(ofSchedule: schedule)
        } else if !lineage.isOpenEnded, !lineage.isScheduledByExtension {
            errors.append(
                .error(
                    declaration.place,
                    "the periodic job \(declaration.reference) has no schedule: override class var schedule in it"))
        }
        if let zone = lineage.value(\.timeZone), let name = zone.text, TimeZone(identifier: name) == nil {
            errors.append(
                .error(
                    zone.place, "there is no time zone “\(name)”: name one as Europe/Madrid, or leave it out for UTC"))
        }
        return errors
    }

    private static func problem(ofSchedule value: PropertyValue) -> [Diagnostic] {
        guard let text = value.text else { return [] }
        let seed: String? =
            switch value.seed {
            case .none: nil
            case .literal(let seed): seed
            // Every seed chooses among the same values, so any shows whether the text is right.
            case .computed: "seed"
            }
        do {
            _ = try CronExpression(text, seed: seed)
            return []
        } catch {
            let column = value.quotes.map { $0 + text.utf8.distance(from: text.startIndex, to: error.range.lowerBound) }
            // The caret of the lines below is at the place itself here.
            let sentence = error.description.prefix { $0 != "\n" }
            return [.error(value.place.advanced(by: column ?? 0), String(sentence))]
        }
    }
}
