import Foundation
import SQJobsSQLite

/// One of several processes on one file, for tests to race, to stop and to kill. It prints what it does, and each error
/// that reaches it.
///
///     sqlite-worker race FILE FIRST COUNT    claims and completes jobs until all of them are done
///     sqlite-worker work FILE ID GATE        a worker whose queue holds one job, which ends once the file GATE is there
///     sqlite-worker drain FILE QUEUE MS      receives and deletes until nothing comes for two seconds
@main
struct SQLiteWorker {
    static func main() async {
        let arguments = CommandLine.arguments.dropFirst()
        do {
            switch (arguments.first, Array(arguments.dropFirst())) {
            case ("race", let rest) where rest.count == 3:
                let first = Int(rest[1]) ?? 0
                try await Race(path: rest[0], jobs: first..<first + (Int(rest[2]) ?? 0)).run()
            case ("work", let rest) where rest.count == 3:
                try await SlowWork(path: rest[0], id: rest[1], gate: rest[2]).run()
            case ("drain", let rest) where rest.count == 3:
                let visibility = Duration.milliseconds(Int(rest[2]) ?? 0)
                try await Drain(path: rest[0], queue: QueueName(rest[1]), visibility: visibility).run()
            default:
                say("usage: sqlite-worker race FILE FIRST COUNT | work FILE ID GATE | drain FILE QUEUE MILLISECONDS")
                exit(64)
            }
        } catch {
            say("error \(error)")
            exit(1)
        }
    }

    /// One write a line, so that what was said is there when the process is killed.
    static func say(_ line: String) {
        FileHandle.standardOutput.write(Data("\(line)\n".utf8))
    }
}
