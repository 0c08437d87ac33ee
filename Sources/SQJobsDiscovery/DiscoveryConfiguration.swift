import Foundation

/// What a target says to discovery that its source does not show: the file `DiscoverJobs.json` in its folder.
///
/// ```json
/// { "jobBases": ["AuditedJob", "Audit.TimedJob"] }
/// ```
package struct DiscoveryConfiguration: Sendable, Hashable {
    /// Classes of other packages that are bases of jobs, as the target's source names them without the module.
    package var jobBases: [String]

    /// Makes a configuration.
    ///
    /// - Parameter jobBases: Classes of other packages that are bases of jobs.
    package init(jobBases: [String] = []) {
        self.jobBases = jobBases
    }

    /// Reads the file's text.
    ///
    /// - Parameter json: The text.
    /// - Throws: ``ToolError`` that says what the file should hold.
    package init(json: String) throws {
        struct Content: Decodable {
            let jobBases: [String]
        }
        do {
            jobBases = try JSONDecoder().decode(Content.self, from: Data(json.utf8)).jobBases
        } catch {
            throw ToolError("DiscoverJobs.json must read { \"jobBases\": [\"NameOfAClass\"] }")
        }
    }
}
