import Foundation
import TestSurroundings

/// The Swift compiler, which reads programs and builds nothing of them.
struct TypeChecker {
    private let flags: [String]

    /// One that knows the modules that were built beside these tests, under the rules of `Package.swift`.
    static func ofModules() throws -> TypeChecker {
        let features = ["ExistentialAny", "InternalImportsByDefault", "MemberImportVisibility"]
        return TypeChecker(
            flags: ["-swift-version", "6", "-parse-as-library", "-I", Project.products.appending(path: "Modules").path]
                + features.flatMap { ["-enable-upcoming-feature", $0] }
                + (try moduleMaps().flatMap { ["-Xcc", "-fmodule-map-file=\($0)"] }))
    }

    /// One that knows what manifests are written in.
    static func ofManifests() async throws -> TypeChecker {
        struct Target: Decodable {
            struct Paths: Decodable {
                let runtimeResourcePath: String
            }
            let paths: Paths
        }
        let info = try await Program.run(["swiftc", "-print-target-info"])
        let target = try JSONDecoder().decode(Target.self, from: Data(info.output.utf8))
        return TypeChecker(
            flags: [
                "-swift-version", "6", "-package-description-version", "6.2.0", "-I",
                "\(target.paths.runtimeResourcePath)/pm/ManifestAPI",
            ])
    }

    /// Reads a program; warnings are errors.
    ///
    /// - Parameter files: The texts of its files.
    /// - Returns: What is wrong with it; `nil` if nothing is.
    func complaint(about files: [String]) async throws -> String? {
        let folder = try TemporaryFolder()
        var paths: [String] = []
        for (index, text) in files.enumerated() {
            let file = folder.url.appending(path: "file\(index).swift")
            try text.write(to: file, atomically: false, encoding: .utf8)
            paths.append(file.path)
        }
        let options = [
            "-typecheck", "-module-name", "page", "-warnings-as-errors", "-no-color-diagnostics",
            "-module-cache-path", Project.products.appending(path: "ModuleCache").path,
        ]
        let compiler = try await Program.run(["swiftc"] + options + flags + paths)
        return compiler.status == 0 ? nil : compiler.output
    }

    /// The C modules that the built modules import, as the plan of the build names them.
    private static func moduleMaps() throws -> Set<String> {
        let scratch = Project.products.deletingLastPathComponent().deletingLastPathComponent()
        let plan = scratch.appending(path: "\(Project.products.lastPathComponent).yaml")
        let text = try String(contentsOf: plan, encoding: .utf8)
        return Set(text.matches(of: /-fmodule-map-file=([^"]+)"/).map { String($0.output.1) })
    }
}
