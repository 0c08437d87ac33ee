import Foundation
import TestSurroundings

/// A shell in a folder of its own, in which the commands of a page are typed one after the other. `manage` is the app of
/// these tests; what it keeps, it keeps in the folder.
struct ConsoleSession {
    /// What the commands printed, in their order.
    let outputs: [String]

    init(_ commands: [ConsoleCommand]) async throws {
        let folder = try TemporaryFolder()
        let work = folder.url.appending(path: "work")
        let programs = folder.url.appending(path: "bin")
        for each in [work, programs] {
            try FileManager.default.createDirectory(at: each, withIntermediateDirectories: false)
        }
        try FileManager.default.createSymbolicLink(
            at: programs.appending(path: "manage"),
            withDestinationURL: Project.products.appending(path: "documentation-app"))
        let script = folder.url.appending(path: "script")
        try Self.script(commands, printingTo: folder.url.path)
            .write(to: script, atomically: false, encoding: .utf8)
        let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
        let shell = try await Program.run(
            ["bash", script.path], in: work,
            environment: [
                "PATH": "\(programs.path):\(path)", "HOME": work.path, "TZ": "UTC", "LANG": "C.UTF-8", "NO_COLOR": "1",
            ])
        let own = shell.status == 0 ? shell.output : "\(shell.output)\nthe shell ended with \(shell.status)\n"
        outputs = commands.indices.map { index in
            let file = folder.url.appending(path: "\(index)")
            return ((try? String(contentsOf: file, encoding: .utf8)) ?? "it was not run\n") + own
        }
    }

    /// Each command's output goes to a file. One that is interrupted is told so once it has printed as many lines as the page
    /// shows, or after half a minute.
    private static func script(_ commands: [ConsoleCommand], printingTo folder: String) -> String {
        let steps = commands.enumerated().map { index, command in
            let output = "\(folder)/\(index)"
            guard command.isInterrupted else { return "{\n\(command.text.joined(separator: "\n"))\n} > \(output) 2>&1" }
            let shown = command.output.filter { $0 != "…" }.count
            return """
                exec \(command.text.joined(separator: "\n")) > \(output) 2>&1 &
                process=$!
                for ((tries = 0; tries < 300; tries++)); do
                    if (($(wc -l < \(output)) >= \(shown))); then break; fi
                    sleep 0.1
                done
                kill -INT $process
                wait $process
                """
        }
        // What still runs in the background is ended with the page.
        let end = "for process in $(jobs -p); do kill $process; done\nwait"
        return (steps + [end, "exit 0"]).joined(separator: "\n")
    }
}
