import ArgumentParser
import Foundation
import SQJobsDiscovery

/// `sqjobs-discover registry`: writes the file that registers a target's jobs.
struct RegistryCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "registry", abstract: "Writes the file that registers a target's jobs.",
        discussion: "Errors and notes go to standard error as compilers write them. A file that would stay the same is"
            + " left alone.")

    @Option(help: "The target's name.") var target: String
    @Option(help: "The name that it is imported by.") var module: String
    @Option(help: "The file to write.") var output: String
    @Option(help: "What the target says of classes of other packages, its DiscoverJobs.json.")
    var configuration: String?
    @Option(help: "A file of another target that jobs may inherit from, as MODULE=FILE; may be repeated.")
    var baseFile: [String] = []
    @Argument(help: "The target's Swift files.") var files: [String] = []

    func run() throws {
        let configuration = try configuration.map { try DiscoveryConfiguration(json: SourceFile.read($0).text) }
        let discovery = Discovery(
            target: target, module: module, files: try files.map(SourceFile.read), others: try others(),
            configuration: configuration ?? DiscoveryConfiguration())
        for diagnostic in discovery.diagnostics {
            FileHandle.standardError.write(Data("\(diagnostic)\n".utf8))
        }
        if discovery.hasErrors { throw ExitCode.failure }
        try OutputFile(path: output).write(discovery.text)
    }

    private func others() throws -> [String: [SourceFile]] {
        var others: [String: [SourceFile]] = [:]
        for entry in baseFile {
            let parts = entry.split(separator: "=", maxSplits: 1).map(String.init)
            guard parts.count == 2 else { throw ValidationError("--base-file is MODULE=FILE, not “\(entry)”") }
            others[parts[0], default: []].append(try SourceFile.read(parts[1]))
        }
        return others
    }
}
