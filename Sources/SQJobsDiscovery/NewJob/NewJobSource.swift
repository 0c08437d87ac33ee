/// The source of a new job's class and of its test.
struct NewJobSource {
    let job: NewJob
    /// Whether other targets are to see the class.
    let isPublic: Bool
    /// Whether the result's type is there already; otherwise one is nested in the class.
    let resultExists: Bool
    /// Whether the target's imports say their access.
    let usesImportAccess: Bool

    private var access: String { isPublic ? "public " : "" }
    private var nestsResult: Bool { job.result != nil && !resultExists }

    /// The file of the class.
    var classText: String {
        let importAccess = isPublic && usesImportAccess ? "public " : ""
        var lines = job.modules.map { "\(importAccess)import \($0)" }
        lines += ["", "/// \(summary)", "\(access)final class \(job.name): \(inherits) {"]
        if job.schedule == nil { lines += parameters + [""] }
        if nestsResult, let result = job.result { lines += Self.nested(result, "What the job returns.", access) + [""] }
        lines += properties
        lines += ["    override \(access)func run(_ \(argument)) async throws\(returning) {"]
        return (lines + body + ["    }", "}", ""]).joined(separator: "\n")
    }

    /// The file of the test.
    ///
    /// - Parameter module: The module that the class is part of.
    func testText(module: String) -> String {
        let namesOurs = job.schedule != nil || (job.result != nil && resultExists)
        let imports = (job.schedule == nil ? [] : ["Foundation"]) + (namesOurs ? job.modules : []) + ["Testing"]
        var lines = imports.map { "import \($0)" } + ["", "@testable import \(module)", ""]
        lines += ["@Suite(\"\(job.name)\")", "struct \(job.name)Tests {"]
        lines += ["    @Test(\"is sent to its queue\")", "    func queue() {"]
        lines += ["        #expect(\(job.name).queue == \"\(job.queue ?? "sqjobs")\")", "    }", ""]
        lines += ["    @Test(\"\(expectation)\")", "    func run() async throws {"]
        return (lines + check + ["    }", "}", ""]).joined(separator: "\n")
    }
}

extension NewJobSource {
    private var summary: String {
        job.schedule == nil ? "What the job does, in a line." : "What the job does at its times, in a line."
    }

    private var inherits: String {
        let parameters = job.schedule == nil ? "\(job.name).Parameters" : "Tick"
        switch (job.result, job.schedule) {
        case (nil, nil): return "Job<\(parameters), Void>"
        case (nil, _?): return "PeriodicJob"
        case (let result?, let schedule):
            let output = nestsResult ? "\(job.name).\(result)" : result
            return "ResultJob<\(parameters), \(output)>" + (schedule == nil ? "" : ", Scheduled")
        }
    }

    private var argument: String { job.schedule == nil ? "parameters: Parameters" : "tick: Tick" }
    private var returning: String { job.result.map { " -> \($0)" } ?? "" }

    private var parameters: [String] { Self.nested("Parameters", "What the job takes.", access) }

    /// A type with one property, to be replaced by what it is to hold.
    private static func nested(_ name: String, _ summary: String, _ access: String) -> [String] {
        var lines = [
            "    /// \(summary)", "    \(access)struct \(name): Codable, Hashable, Sendable {",
            "        /// What it is about.", "        \(access)var id: String",
        ]
        if !access.isEmpty {
            // The one that Swift makes is not public.
            lines += [
                "", "        /// Says what it is about.", "        public init(id: String) {",
                "            self.id = id",
                "        }",
            ]
        }
        return lines + ["    }"]
    }

    private var properties: [String] {
        // `Scheduled` is a protocol: what its requirements are met with overrides nothing.
        let word = job.result == nil ? "override " : ""
        var lines: [String] = []
        if let queue = job.queue { lines.append("    override \(access)class var queue: QueueName { \"\(queue)\" }") }
        if let schedule = job.schedule {
            lines.append("    \(word)\(access)class var schedule: CronExpression { \"\(schedule)\" }")
        }
        if let zone = job.timeZone { lines.append("    \(word)\(access)class var timeZone: String { \"\(zone)\" }") }
        return lines.isEmpty ? [] : lines + [""]
    }

    private static let advice =
        "        // The work. A message may be delivered twice, so doing it again must do no harm."

    private var body: [String] {
        let about = job.schedule == nil ? "parameters.id" : "\"\\(tick.scheduledAt)\""
        switch job.result {
        case nil:
            return [Self.advice, "        context.progress(1, \(about))"]
        case let result? where nestsResult:
            return [Self.advice, "        return \(result)(id: \(about))"]
        case _?:
            return ["        throw Discard(\"\(job.name) returns nothing yet.\")"]
        }
    }

    private var expectation: String {
        switch job.result {
        case nil: "does its work"
        case _? where nestsResult: "says what it was about"
        case _?: "is given up until it is written"
        }
    }

    private var call: String {
        job.schedule == nil
            ? "\(job.name)().run(.init(id: \"1\"))"
            : "\(job.name)().run(Tick(scheduledAt: Date(timeIntervalSince1970: 0)))"
    }

    private var check: [String] {
        switch job.result {
        case nil:
            return ["        try await \(call)"]
        case _? where nestsResult:
            let expected = job.schedule == nil ? "\"1\"" : "\"1970-01-01 00:00:00 +0000\""
            return ["        #expect(try await \(call).id == \(expected))"]
        case _?:
            return [
                "        await #expect(throws: Discard.self) {", "            try await \(call)", "        }",
            ]
        }
    }
}
