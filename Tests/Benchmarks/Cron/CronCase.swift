import Foundation

/// An expression to measure, the same for us and for the peers.
struct CronCase: Encodable {
    let name: String
    let expression: String
    /// How croniter writes it; nil if it can't.
    let croniter: String?
    let zone: String
    /// Seconds from 1970; searches begin at each of them.
    let starts: [Int]
    /// How many firings are asked for from each start, one after the other.
    let count: Int

    /// A year of starts, 9 days and some hours apart.
    private static let year = (0..<40).map { 1_767_225_600 + $0 * 806_437 }
    /// One o'clock in the night of every clock change from 2026 to 2035: 00:00 UTC on the last Sundays of March and
    /// October.
    private static let beforeClockChanges = [
        1_774_742_400, 1_792_886_400, 1_806_192_000, 1_824_940_800, 1_837_641_600, 1_856_390_400, 1_869_091_200,
        1_887_840_000, 1_901_145_600, 1_919_289_600, 1_932_595_200, 1_950_739_200, 1_964_044_800, 1_982_793_600,
        1_995_494_400, 2_014_243_200, 2_026_944_000, 2_045_692_800, 2_058_393_600, 2_077_142_400,
    ]

    private init(_ name: String, _ expression: String, croniter: String?, _ zone: String, _ starts: [Int], _ count: Int)
    {
        self.name = name
        self.expression = expression
        self.croniter = croniter
        self.zone = zone
        self.starts = starts
        self.count = count
    }

    private init(_ name: String, _ expression: String, _ zone: String, count: Int) {
        self.init(name, expression, croniter: expression, zone, Self.year, count)
    }

    static let all = [
        CronCase("dense", "* * * * *", "UTC", count: 25),
        CronCase("dense", "* * * * *", "Europe/Madrid", count: 25),
        CronCase("office hours", "*/15 9-17 * * 1-5", "Europe/Madrid", count: 25),
        CronCase("nightly", "1 0 * * *", "Europe/Madrid", count: 25),
        CronCase("sparse: yearly", "0 0 1 1 *", "UTC", count: 2),
        CronCase("sparse: yearly", "0 0 1 1 *", "Europe/Madrid", count: 2),
        CronCase("leap day", "0 0 29 2 *", "Europe/Madrid", count: 2),
        CronCase("last working day", "0 18 LW * *", croniter: nil, "UTC", year, 5),
        CronCase("last Friday", "0 18 * * 5L", croniter: "0 18 * * L5", "Europe/Madrid", year, 5),
        CronCase("clock change", "30 2 * * *", croniter: "30 2 * * *", "Europe/Madrid", beforeClockChanges, 1),
    ]
}
