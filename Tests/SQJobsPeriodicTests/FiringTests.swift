import Foundation
import Testing

@testable import SQJobsPeriodic

@Suite("A firing")
struct FiringTests {
    @Test("has an id made of its time and of a digest of schedule and time, in the shape of a UUID of version 7")
    func jobID() throws {
        let firing = Firing(scheduledAt: try .at("2026-11-22T00:01:00Z"), isLate: false)
        let id = firing.jobID(of: "nightly")
        #expect(id == Firing(scheduledAt: firing.scheduledAt, isLate: true).jobID(of: "nightly"))
        #expect(id != firing.jobID(of: "weekly"))
        #expect(id != Firing(scheduledAt: firing.scheduledAt + 60, isLate: false).jobID(of: "nightly"))
        #expect(JobID.date(of: id) == firing.scheduledAt)
        #expect(try #/[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}/#.wholeMatch(in: id) != nil)
        // As Python's hashlib and the layout of RFC 9562 give it for "nightly\n1795305660000".
        #expect(id == "01a2008e-5e60-7cba-b5ef-0ddd81075b3a")
    }

    @Test(
        "carries its time with the zone's offset, beside the schedule's keywords",
        arguments: [
            ("Europe/Madrid", "2026-11-22T01:01:00+01:00"), ("UTC", "2026-11-22T00:01:00+00:00"),
            ("America/St_Johns", "2026-11-21T20:31:00-03:30"),
        ])
    func zones(_ zone: String, _ text: String) throws {
        let keywords = try keywords(of: #"{"a":1}"#, isLate: false, in: zone)
        #expect(keywords == ["a": 1, "sqjobs_programmed_date": .string(text)])
    }

    @Test("says that it is late only when it is", arguments: ["{}", " { } ", #"{"a":1}"#])
    func late(_ kwargs: String) throws {
        #expect(try keywords(of: kwargs, isLate: true, in: "UTC")["sqjobs_delayed_job"] == true)
        #expect(try keywords(of: kwargs, isLate: false, in: "UTC")["sqjobs_delayed_job"] == nil)
    }

    @Test("leaves the schedule's numbers as they were written")
    func numbers() throws {
        let firing = Firing(scheduledAt: try .at("2026-11-22T00:01:00Z"), isLate: false)
        let json = firing.keywords(with: Data(#"{"a":1.10,"b":123456789012345678901234567890}"#.utf8), in: .gmt)
        #expect(String(decoding: json, as: UTF8.self).hasPrefix(#"{"a":1.10,"b":123456789012345678901234567890,"#))
    }

    private func keywords(of kwargs: String, isLate: Bool, in zone: String) throws -> [String: JSONValue] {
        let firing = Firing(scheduledAt: try .at("2026-11-22T00:01:00Z"), isLate: isLate)
        let json = firing.keywords(with: Data(kwargs.utf8), in: try #require(TimeZone(identifier: zone)))
        return try JSONDecoder().decode([String: JSONValue].self, from: json)
    }
}
