import Foundation
import SQJobsCore
import Testing

@Suite("Ids of jobs")
struct JobIDTests {
    @Test("1.4: an id is a UUID of version 7 in lower case, as RFC 9562 has it")
    func shape() throws {
        let date = Date(timeIntervalSince1970: 1_645_557_742)
        for _ in 0..<100 {
            let id = JobID.make(at: date)
            #expect(id.wholeMatch(of: /017f22e2-79b0-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}/) != nil, "\(id)")
            #expect(UUID(uuidString: id) != nil)
        }
    }

    @Test("1.4: RFC 9562's own example")
    func example() {
        // Appendix A.6: 2022-02-22 19:22:22 UTC, rand_a 0xCC3, rand_b 0x18C4DC0C0C07398F.
        let date = Date(timeIntervalSince1970: 1_645_557_742)
        let id = JobID.make(at: date, entropy: (0xCC3, 0x18C4_DC0C_0C07_398F))
        #expect(id == "017f22e2-79b0-7cc3-98c4-dc0c0c07398f")
        #expect(JobID.date(of: id) == date)
    }

    @Test("1.4: ids sort by the time at which they were made")
    func order() {
        var random = SplitMix64(7)
        let dates = (0..<200).map { _ in Date(timeIntervalSince1970: .random(in: 0..<4_000_000_000, using: &random)) }
        let ids = dates.map { ($0, JobID.make(at: $0)) }.sorted { $0.1 < $1.1 }
        for (earlier, later) in zip(ids, ids.dropFirst()) {
            #expect(later.0.timeIntervalSince(earlier.0) > -0.001)
        }
    }

    @Test("ids made at one instant differ")
    func different() {
        let ids = (0..<10_000).map { _ in JobID.make(at: Date(timeIntervalSince1970: 1)) }
        #expect(Set(ids).count == ids.count)
    }

    @Test("times before 1970 and long after are held to what 48 bits can say")
    func bounds() {
        #expect(JobID.make(at: Date(timeIntervalSince1970: -5)).hasPrefix("00000000-0000-7"))
        #expect(JobID.date(of: JobID.make(at: .distantFuture)) == .distantFuture)
    }

    @Test(
        "only an id of version 7 says when it was made",
        arguments: [
            "", "17", "0193", "017f22e2-79b0-4cc3-98c4-dc0c0c07398f", "zzzzzzzz-zzzz-7zzz-zzzz-zzzzzzzzzzzz",
            "éééééééééééééé7ééééééé",
        ])
    func others(_ id: String) {
        #expect(JobID.date(of: id) == nil)
    }
}
