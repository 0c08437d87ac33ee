import Foundation
import PackagePlugin

/// `swift package new-job SendTicket`: writes the class of a new job and its test.
///
/// The tool `sqjobs-discover` writes them; this only tells it about the target.
@main
struct NewJob: CommandPlugin {
    func performCommand(context: PluginContext, arguments: [String]) async throws {
        var extractor = ArgumentExtractor(arguments)
        let wanted = extractor.extractOption(named: "target").first
        var toolArguments = ["new-job"] + extractor.remainingArguments
        if !arguments.contains("--help"), !arguments.contains("-h") {
            toolArguments += try description(of: target(named: wanted, in: context.package), in: context.package)
        }
        let tool = Process()
        tool.executableURL = try context.tool(named: "sqjobs-discover").url
        tool.arguments = toolArguments
        try tool.run()
        tool.waitUntilExit()
        if tool.terminationStatus != 0 { throw Failure(description: "no job was written") }
    }

    /// The target of a name, or the only one that has to do with jobs.
    private func target(named name: String?, in package: Package) throws -> SwiftSourceModuleTarget {
        let targets = package.targets.compactMap { $0 as? SwiftSourceModuleTarget }.filter { $0.kind != .test }
        if let name {
            if let target = targets.first(where: { $0.name == name }) { return target }
            throw Failure(description: "there is no target “\(name)”: it is one of \(names(targets))")
        }
        let candidates = targets.filter { !modules($0).isDisjoint(with: Self.jobModules) }
        if let only = candidates.first, candidates.count == 1 { return only }
        throw Failure(description: "say --target: it is one of \(names(candidates.isEmpty ? targets : candidates))")
    }

    private static let jobModules: Set<String> = ["SQJobsCore", "SQJobsPeriodic", "SQJobsResults"]

    private func names(_ targets: [SwiftSourceModuleTarget]) -> String {
        targets.map(\.name).sorted().joined(separator: ", ")
    }

    /// The modules of other packages that a target names as its dependencies.
    private func modules(_ target: SwiftSourceModuleTarget) -> Set<String> {
        Set(
            target.dependencies.flatMap { dependency -> [String] in
                switch dependency {
                case .product(let product): product.targets.map(\.name)
                case .target(let target): [target.name]
                @unknown default: []
                }
            })
    }

    private func description(of target: SwiftSourceModuleTarget, in package: Package) -> [String] {
        let tests = package.targets.compactMap { $0 as? SwiftSourceModuleTarget }.first {
            $0.kind == .test && modules($0).contains(target.name)
        }
        var arguments = [
            "--target", target.name, "--module", target.moduleName, "--directory", target.directoryURL.path,
        ]
        if let tests { arguments += ["--test-directory", tests.directoryURL.path] }
        if target.kind == .executable { arguments.append("--executable") }
        arguments += modules(target).sorted().flatMap { ["--dependency", $0] }
        return arguments + target.sourceFiles(withSuffix: "swift").flatMap { ["--source", $0.url.path] }
    }

    private struct Failure: Error, CustomStringConvertible {
        let description: String
    }
}
