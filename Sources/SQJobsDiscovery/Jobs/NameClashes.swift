/// Finds jobs that share a name: a worker could not tell their messages apart.
enum NameClashes {
    /// What is wrong with the names of these jobs.
    ///
    /// Jobs under different conditions share a name by right where no build has both. Only those are told of that are
    /// built together whenever one of them is.
    static func among(_ jobs: [Lineage]) -> [Diagnostic] {
        var diagnostics: [Diagnostic] = []
        var named: [String: [Lineage]] = [:]
        for job in jobs {
            guard let name = job.jobName else { continue }
            if let other = named[name]?.first(where: { areTogether($0.declaration, job.declaration) }) {
                let names = (other.declaration.reference, job.declaration.reference)
                diagnostics += [
                    .error(
                        place(of: job),
                        "the jobs \(names.0) and \(names.1) are both named “\(name)”: give one of them a name of its own by"
                            + " overriding class var name"),
                    .note(place(of: other), "“\(name)” is the name of \(names.0) here"),
                ]
            }
            named[name, default: []].append(job)
        }
        return diagnostics
    }

    private static func areTogether(_ one: ClassDeclaration, _ other: ClassDeclaration) -> Bool {
        one.conditions.isMet(wherever: other.conditions) || other.conditions.isMet(wherever: one.conditions)
    }

    /// Where a job says its name: the literal, or its class if it says none.
    private static func place(of job: Lineage) -> SourcePlace {
        job.declaration.members.name?.place ?? job.declaration.place
    }
}
