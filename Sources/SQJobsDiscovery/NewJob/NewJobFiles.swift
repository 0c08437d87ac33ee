import Foundation

/// Where a new job goes: a target of a package, as the plugin sees it.
package struct NewJobFiles: Sendable {
    /// The target's name.
    package var target: String
    /// The name that it is imported by.
    package var module: String
    /// The target's folder.
    package var directory: String
    /// The folder of the tests of that target; `nil` if it has none.
    package var testDirectory: String?
    /// The target's source.
    package var sources: [SourceFile]
    /// The modules that the target depends on.
    package var dependencies: Set<String>
    /// Whether it is a program, whose classes nobody else imports.
    package var isExecutable: Bool

    /// Describes a target.
    ///
    /// - Parameters:
    ///   - target: The target's name.
    ///   - module: The name that it is imported by.
    ///   - directory: The target's folder.
    ///   - testDirectory: The folder of the tests of that target.
    ///   - sources: The target's source.
    ///   - dependencies: The modules that the target depends on.
    ///   - isExecutable: Whether it is a program.
    package init(
        target: String, module: String, directory: String, testDirectory: String? = nil, sources: [SourceFile] = [],
        dependencies: Set<String> = [], isExecutable: Bool = false
    ) {
        self.target = target
        self.module = module
        self.directory = directory
        self.testDirectory = testDirectory
        self.sources = sources
        self.dependencies = dependencies
        self.isExecutable = isExecutable
    }

    /// Writes a job's class and its test.
    ///
    /// - Parameter job: The job.
    /// - Returns: What was written and what to do next, a line each.
    /// - Throws: ``ToolError`` when a file or a type of that name is there already: nothing is written then. Otherwise
    ///   what the file system says.
    package func write(_ job: NewJob) throws -> [String] {
        let own = DeclarationReader.read(sources, module: module)
        let finder = JobFinder(own: own, others: [], declaredBases: [], registry: RegistryName.property(for: target))
        if let there = own.classes.first(where: { $0.path == [job.name] }) {
            throw ToolError("there is a class \(job.name) already, at \(there.place): choose another name")
        }
        let result = job.result.flatMap { own.types[[$0]] }
        let isPublic = finder.jobs.map(\.access).max().map { $0 == .everyone } ?? !isExecutable
        let source = NewJobSource(
            job: job, isPublic: isPublic && (result?.access ?? .everyone) == .everyone,
            resultExists: result != nil || job.result.map(Self.standard.contains) == true,
            usesImportAccess: own.imports.contains { $0.access != nil })
        let classFile = URL(filePath: folder(of: finder.jobs)).appending(path: "\(job.name).swift")
        let testFile = testDirectory.map { URL(filePath: $0).appending(path: "\(job.name)Tests.swift") }
        for file in [classFile, testFile].compactMap(\.self) where FileManager.default.fileExists(atPath: file.path) {
            throw ToolError("\(file.path) is there already, and is left as it is: choose another name")
        }
        try OutputFile(path: classFile.path).write(source.classText)
        if let testFile { try OutputFile(path: testFile.path).write(source.testText(module: module)) }
        return ["wrote \(classFile.path)"] + (testFile.map { ["wrote \($0.path)"] } ?? []) + steps(after: job)
    }

    /// Types that need no import.
    private static let standard: Set<String> = ["Bool", "Double", "Float", "Int", "Int32", "Int64", "String", "UInt"]

    /// Where the target's other jobs are, most of them at least.
    private func folder(of jobs: [DiscoveredJob]) -> String {
        let folders = jobs.map { URL(filePath: $0.declaration.place.path).deletingLastPathComponent().path }
        let counts = Dictionary(grouping: folders, by: \.self).mapValues(\.count)
        let most = counts.max { ($0.value, $1.key) < ($1.value, $0.key) }
        return most?.key ?? URL(filePath: directory).appending(path: "Jobs").path
    }

    private func steps(after job: NewJob) -> [String] {
        let missing = job.modules.filter { !dependencies.contains($0) }
        var steps = missing.map {
            "next: add .product(name: \"\($0)\", package: \"sqjobs\") to the dependencies of \(target) in Package.swift"
        }
        steps.append("next: say in \(job.name).swift what it takes, and write its run")
        if testDirectory == nil {
            steps.append("next: make a test target that depends on \(target), for there is none to put a test into")
        }
        steps.append(
            "next: register it, as JobRegistry { \(job.name)() } does, unless \(target) has the plugin DiscoverJobs")
        if testDirectory != nil { steps.append("next: swift test --filter \(job.name)Tests") }
        return steps
    }
}
