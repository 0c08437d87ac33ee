import Foundation
import SQJobsCore
import SQJobsResults

extension JobStatus {
    /// The job's state for people, who should know when its worker is silent.
    var stateText: String { isLost ? "\(state), lost" : state.rawValue }

    /// What the job's state looks like on a terminal.
    var stateStyle: TextStyle {
        switch state {
        case .success: .green
        case .failure: .red
        case .pending, .running: .yellow
        }
    }

    /// How far the job is, and what it said: `40 % drawing the table`.
    var progressText: String? {
        progress.map { progress in
            String(format: "%.0f %%", progress.fraction * 100) + (progress.note.map { " \($0)" } ?? "")
        }
    }

    /// All that is known of the job.
    var sheet: FactSheet {
        var sheet = FactSheet()
        sheet.add("id", id)
        sheet.add("job", name)
        sheet.add("queue", queue.rawValue)
        sheet.add("state", stateText, stateStyle)
        sheet.add("attempt", "\(attempt)")
        // The last report before a job returned may not have been written: it would look as if something were left.
        if state != .success { sheet.add("progress", progressText) }
        sheet.add("output", output.map { String(decoding: $0, as: UTF8.self) })
        sheet.add("error", error?.description, .red)
        sheet.add("stack", error?.stack)
        sheet.add("created", WireDate.text(createdAt))
        sheet.add("started", startedAt.map(WireDate.text))
        sheet.add("finished", finishedAt.map(WireDate.text))
        sheet.add("next attempt", nextAttemptAt.map(WireDate.text))
        return sheet
    }
}
