import ArgumentParser

/// The tool behind the plugins. Nobody needs to call it by hand, and everybody may.
@main
struct Discover: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sqjobs-discover", abstract: "Finds the jobs of a target, and begins new ones.",
        subcommands: [RegistryCommand.self, NewJobCommand.self])
}
