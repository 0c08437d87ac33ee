/// Writes the file that registers a target's jobs.
struct RegistryText {
    let target: String
    let property: String
    let imports: [ImportDeclaration]
    let jobs: [DiscoveredJob]

    /// The whole file. It depends on nothing but the jobs, so it stays the same while only their bodies change.
    var text: String {
        let access = jobs.map(\.access).max() ?? .module
        let importing = RegistryImport(imports, for: access)
        var lines = [
            "// Written by DiscoverJobs from the source of \(target).",
            "",
            "\(importing.access.prefix)import \(importing.module)",
            "",
            "extension JobRegistry {",
            "    /// The jobs of \(target).",
            "    \(access.prefix)static var \(property): JobRegistry {",
        ]
        if jobs.isEmpty {
            lines.append("        JobRegistry()")
        } else {
            lines.append("        JobRegistry {")
            lines += jobs.flatMap(Self.registration)
            lines.append("        }")
        }
        return (lines + ["    }", "}", ""]).joined(separator: "\n")
    }

    /// The expression that makes a job, inside what its declaration stands in.
    private static func registration(of job: DiscoveredJob) -> [String] {
        let indent = String(repeating: " ", count: 12)
        var lines = ["\(indent)\(job.declaration.reference)()"]
        if !job.availability.isEmpty {
            let conditions = job.availability.map { "#available(\($0))" }.joined(separator: ", ")
            lines = ["\(indent)if \(conditions) {", "    \(lines[0])", "\(indent)}"]
        }
        if let condition = job.declaration.conditions.expression {
            lines = ["\(indent)#if \(condition)"] + lines + ["\(indent)#endif"]
        }
        return lines
    }
}
