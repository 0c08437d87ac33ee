import Foundation
import Testing

@testable import SQJobsSQS

@Suite struct CredentialCacheTests {
    private let start = Date(timeIntervalSince1970: 1_767_225_600)

    private func credentials(_ id: String, minutes: Double?) -> AWSCredentials {
        AWSCredentials(
            accessKeyID: id, secretAccessKey: "s", expiration: minutes.map { start.addingTimeInterval($0 * 60) })
    }

    private func next(_ cache: inout CredentialCache, minute: Double) -> CredentialCache.Step {
        cache.next(now: start.addingTimeInterval(minute * 60), elapsed: .seconds(minute * 60))
    }

    @Test func `what never ends is fetched once`() {
        var cache = CredentialCache()
        let forever = credentials("A", minutes: nil)
        #expect(next(&cache, minute: 0) == .fetchAndWait)
        #expect(next(&cache, minute: 0) == .wait)
        cache.fetched(forever, elapsed: .zero)
        #expect(next(&cache, minute: 1_000_000) == .use(forever))
    }

    @Test func `renewal is due from 15 minutes before the end, and awaited from 10 minutes before it`() {
        let hour = credentials("A", minutes: 60)
        for (minute, first, second) in [
            (44.9, CredentialCache.Step.use(hour), CredentialCache.Step.use(hour)),
            (45, .fetchAndUse(hour), .use(hour)),
            (49.9, .fetchAndUse(hour), .use(hour)),
            (50, .fetchAndWait, .wait),
            (59.9, .fetchAndWait, .wait),
            (60, .fetchAndWait, .wait),
        ] {
            var cache = CredentialCache()
            cache.fetched(hour, elapsed: .zero)
            #expect(next(&cache, minute: minute) == first, "minute \(minute)")
            #expect(next(&cache, minute: minute) == second, "minute \(minute), the second caller")
        }
    }

    @Test func `a renewal that is under way becomes one to wait for`() {
        var cache = CredentialCache()
        let hour = credentials("A", minutes: 60)
        cache.fetched(hour, elapsed: .zero)
        #expect(next(&cache, minute: 46) == .fetchAndUse(hour))
        #expect(next(&cache, minute: 51) == .wait)
    }

    @Test func `after a failure the old ones serve to their end, and a minute passes before the next try`() {
        var cache = CredentialCache()
        let hour = credentials("A", minutes: 60)
        cache.fetched(hour, elapsed: .zero)
        #expect(next(&cache, minute: 52) == .fetchAndWait)
        #expect(cache.failed(now: start.addingTimeInterval(52 * 60), elapsed: .seconds(52 * 60)) == hour)
        #expect(next(&cache, minute: 52.9) == .use(hour))
        #expect(next(&cache, minute: 53) == .fetchAndWait)
        #expect(cache.failed(now: start.addingTimeInterval(60 * 60), elapsed: .seconds(60 * 60)) == nil)
        #expect(next(&cache, minute: 60) == .fetchAndWait, "nothing good is left, so nothing is put off")
    }

    @Test func `credentials that come with less than 15 minutes left are not fetched again at every call`() {
        var cache = CredentialCache()
        let short = credentials("A", minutes: 9)
        #expect(next(&cache, minute: 0) == .fetchAndWait)
        cache.fetched(short, elapsed: .zero)
        #expect(next(&cache, minute: 0.9) == .use(short))
        #expect(next(&cache, minute: 1) == .fetchAndWait)
    }

    @Test func `only the credentials that were refused are dropped`() {
        var cache = CredentialCache()
        let old = credentials("A", minutes: 60)
        let new = credentials("B", minutes: 120)
        cache.fetched(new, elapsed: .zero)
        cache.invalidate(old)
        #expect(next(&cache, minute: 0) == .use(new))
        cache.invalidate(new)
        #expect(next(&cache, minute: 0) == .fetchAndWait)
    }
}
