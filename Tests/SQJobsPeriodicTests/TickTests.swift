import Foundation
import Testing

@testable import SQJobsPeriodic

@Suite("A tick")
struct TickTests {
    @Test("is read from what a beater or the Python library sends")
    func reading() throws {
        let arguments = try JobArguments(kwargs: [
            "sqjobs_programmed_date": "2026-11-22T00:01:00+01:00", "sqjobs_delayed_job": true, "shop": "es",
        ])
        let tick = try arguments.decode(Tick.self, for: "nightly")
        #expect(tick == Tick(scheduledAt: try .at("2026-11-21T23:01:00Z"), isLate: true, arguments: ["shop": "es"]))
    }

    @Test("is not late unless it says so")
    func onTime() throws {
        let arguments = try JobArguments(kwargs: ["sqjobs_programmed_date": "2026-11-22T00:01:00Z"])
        #expect(try arguments.decode(Tick.self, for: "nightly").isLate == false)
    }

    @Test("is read back as it was written")
    func writing() throws {
        let tick = Tick(scheduledAt: try .at("2026-11-22T00:01:00Z"), isLate: true, arguments: ["a": [1, nil]])
        #expect(try JobArguments(encoding: tick).decode(Tick.self, for: "nightly") == tick)
    }

    @Test("without its time is an error that names the keyword")
    func missing() throws {
        let error = #expect(throws: SQJobsError.self) {
            try JobArguments(kwargs: [:]).decode(Tick.self, for: "nightly")
        }
        #expect(error?.message.contains("sqjobs_programmed_date") == true)
    }

    @Test("is not seen by parameters that do not declare it")
    func others() throws {
        struct Shop: Codable, Sendable { let shop: String }
        let arguments = try JobArguments(kwargs: [
            "sqjobs_programmed_date": "2026-11-22T00:01:00+01:00", "sqjobs_delayed_job": true, "shop": "es",
        ])
        #expect(try arguments.decode(Shop.self, for: "nightly").shop == "es")
        _ = try arguments.decode(NoParameters.self, for: "nightly")
    }
}
