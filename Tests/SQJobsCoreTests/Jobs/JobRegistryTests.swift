import Testing

@testable import SQJobsCore

@Suite("The registry of jobs")
struct JobRegistryTests {
    final class First: Job<Int, Void> {
        override class var name: String { "same" }
        override class var queue: QueueName { "mail" }
    }

    final class Second: Job<Int, Void> {
        override class var name: String { "same" }
    }

    final class Other: Job<Int, Void> {
        let number: Int

        init(number: Int) {
            self.number = number
        }
    }

    @Test("finds jobs by name and lists them in the order of their names")
    func lookUp() throws {
        let jobs = JobRegistry {
            First()
            Other(number: 1)
        }
        try jobs.validate()
        #expect(jobs.jobs.map(\.name) == ["Other", "same"])
        let first = try #require(jobs["same"])
        #expect(first.typeName == "First" && first.queue == "mail")
        #expect(first.type is First.Type)
        #expect(jobs["else"] == nil)
        #expect(JobRegistry().jobs.isEmpty)
    }

    @Test("2.5: an unknown name is an error that says what to do")
    func unknown() {
        let error = #expect(throws: SQJobsError.self) { try JobRegistry().job(named: "adder_job") }
        #expect(error?.code == .unknownJob && error?.job == "adder_job")
        #expect(error?.message.contains("“adder_job”") == true)
    }

    @Test("two jobs with one name are an error that names both")
    func duplicates() {
        let jobs = JobRegistry {
            First()
            Second()
        }
        let error = #expect(throws: SQJobsError.self) { try jobs.validate() }
        #expect(error?.code == .duplicateJob && error?.job == "same")
        #expect(error?.message.contains("First and Second") == true)
    }

    @Test("a job registered twice is an error too, also by way of another registry")
    func twice() {
        let inner = JobRegistry { First() }
        let jobs = JobRegistry {
            First()
            inner
        }
        #expect(throws: SQJobsError.self) { try jobs.validate() }
    }

    @Test("an expression is evaluated anew for each message, and not before")
    func fresh() {
        let made = EventLog()
        @Sendable func make() -> Other {
            made.add("made")
            return Other(number: 1)
        }
        let jobs = JobRegistry { make() }
        #expect(made.events.isEmpty)
        let first = jobs["Other"]?.makeRun()
        let second = jobs["Other"]?.makeRun()
        #expect(first !== second)
        #expect(made.events.count == 2)
    }

    @Test("conditions, loops and other registries may stand in the block", arguments: [true, false])
    func builder(_ isOn: Bool) throws {
        let inner = JobRegistry { First() }
        let jobs = JobRegistry {
            if isOn { inner }
            if isOn {
                Other(number: 1)
            } else {
                for registry in [inner] { registry }
            }
        }
        try jobs.validate()
        #expect(jobs.jobs.map(\.name) == (isOn ? ["Other", "same"] : ["same"]))
    }

    @Test("2.3: an attempt is the last by the job's limit, the queue's, or a policy of no retries")
    func lastAttempt() throws {
        final class Limited: Job<Int, Void> {
            override class var maximumAttempts: Int? { 3 }
        }
        final class Once: Job<Int, Void> {
            override class var retryPolicy: RetryPolicy { .never }
        }
        let jobs = JobRegistry {
            First()
            Limited()
            Once()
        }
        func last(_ name: String, _ capabilities: QueueCapabilities) throws -> Int? {
            let job = try jobs.job(named: name)
            return (1...50).first { job.limit(receives: $0, on: capabilities).isReached(by: $0) }
        }
        #expect(try last("same", QueueCapabilities()) == nil)
        #expect(try last("same", QueueCapabilities(maximumReceives: 5)) == 5)
        #expect(try last("same", QueueCapabilities(defaultMaximumAttempts: 25)) == 25)
        #expect(try last("same", QueueCapabilities(maximumReceives: 30, defaultMaximumAttempts: 25)) == 25)
        #expect(try last("Limited", QueueCapabilities(defaultMaximumAttempts: 25)) == 3)
        #expect(try last("Limited", QueueCapabilities(maximumReceives: 2)) == 2)
        #expect(try last("Once", QueueCapabilities()) == 1)
    }
}
