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
            let declaration = job.classes[0]
            if let other = named[name]?.map({ $0.classes[0] }).first(where: { areTogether($0, declaration) }) {
                diagnostics += [
                    .error(
                        place(of: job),
                        "the jobs \(other.reference) and \(declaration.reference) are both named “\(name)”: give one of them"
                            + " a name of its own by overriding class var name"),
                    .note(place(of: named[name]?.first ?? job), "“\(name)” is the name of \(other.reference) here"),
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
        job.classes[0].members.name?.place ?? job.classes[0].place
    }
}
