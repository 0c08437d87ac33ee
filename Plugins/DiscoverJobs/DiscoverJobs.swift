import Foundation
import PackagePlugin

/// Finds the jobs of a target before it is built, and writes `JobRegistry.` and the target's name for them.
///
/// All that is decided is decided by the tool `sqjobs-discover`; this only tells it which files there are.
@main
struct DiscoverJobs: BuildToolPlugin {
    func createBuildCommands(context: PluginContext, target: any Target) throws -> [Command] {
        guard let target = target as? SwiftSourceModuleTarget else { return [] }
        let output = context.pluginWorkDirectoryURL.appending(path: "JobRegistry+\(target.moduleName).swift")
        let sources = swiftFiles(of: target)
        // Bases of jobs may stand in targets of the same package that this one depends on.
        let own = Set(context.package.targets.map(\.id))
        let others = target.recursiveTargetDependencies.filter { own.contains($0.id) }
            .compactMap { $0 as? SwiftSourceModuleTarget }
        let configuration = target.directoryURL.appending(path: "DiscoverJobs.json")

        var arguments = ["registry", "--module", target.moduleName, "--target", target.name, "--output", output.path]
        var inputs = sources
        if FileManager.default.fileExists(atPath: configuration.path) {
            arguments += ["--configuration", configuration.path]
            inputs.append(configuration)
        }
        for other in others {
            let files = swiftFiles(of: other)
            arguments += files.flatMap { ["--base-file", "\(other.moduleName)=\($0.path)"] }
            inputs += files
        }
        arguments += ["--"] + sources.map(\.path)
        return [
            .buildCommand(
                displayName: "Discovering the jobs of \(target.name)",
                executable: try context.tool(named: "sqjobs-discover").url, arguments: arguments, inputFiles: inputs,
                outputFiles: [output])
        ]
    }

    private func swiftFiles(of target: SwiftSourceModuleTarget) -> [URL] {
        target.sourceFiles(withSuffix: "swift").map(\.url)
    }
}
