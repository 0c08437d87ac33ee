import Foundation
import TestSurroundings
import Testing

@testable import SQJobsCron

@Suite("An explanation in English")
struct ExplanationTests {
    @Test(
        "every construct has its words",
        arguments: [
            // Times of day.
            ("1 0 * * *", "At 00:01 every day"),
            ("1 0 * JAN MON-FRI", "At 00:01, on Monday through Friday, in January"),
            ("0,30 9,17 * * *", "At 09:00, 09:30, 17:00 and 17:30 every day"),
            ("30 5 14 * * *", "At 14:05:30 every day"),
            ("0 */6 * * *", "At 00:00, 06:00, 12:00 and 18:00 every day"),
            // Patterns.
            ("* * * * *", "Every minute"),
            ("*/15 * * * *", "Every 15 minutes"),
            ("5 * * * *", "At minute 5 of every hour"),
            ("0,5 * * * *", "At minutes 0 and 5 of every hour"),
            ("0-29 * * * *", "At minutes 0 through 29 of every hour"),
            ("50-10 * * * *", "At minutes 50 through 10 of every hour"),
            ("*/7 * * * *", "Every 7th minute from 0 through 56"),
            ("3/20 * * * *", "At minutes 3, 23 and 43 of every hour"),
            ("*/5 9-17 * * *", "Every 5 minutes of hours 9 through 17"),
            ("* 2 * * *", "Every minute of hour 2"),
            ("0 9-17 * * *", "At minute 0 of hours 9 through 17"),
            ("0 22-6 * * *", "At minute 0 of hours 22 through 6"),
            ("0 */2 * * *", "At minute 0 of every 2nd hour"),
            ("0 1/3 * * *", "At minute 0 of every 3rd hour from 1 through 22"),
            // Seconds.
            ("* * * * * *", "Every second"),
            ("*/10 * * * * *", "Every 10 seconds"),
            ("30 * * * * *", "At second 30 of every minute"),
            ("5,30 */5 * * * *", "At seconds 5 and 30 of every 5th minute of every hour"),
            ("* 5 * * * *", "Every second of minute 5 of every hour"),
            ("* * 9 * * *", "Every second of hour 9"),
            ("0 * * * * *", "Every minute"),
            // Days of the month.
            ("0 0 1 * *", "At 00:00, on day 1 of the month"),
            ("0 0 1,15 * *", "At 00:00, on days 1 and 15 of the month"),
            ("0 0 25-5 * *", "At 00:00, on days 25 through 5 of the month"),
            ("0 0 */2 * *", "At 00:00, on every 2nd day from day 1 through 31 of the month"),
            ("0 0 L * *", "At 00:00, on the last day of the month"),
            ("0 0 L-1 * *", "At 00:00, on the day before the last day of the month"),
            ("0 0 L-3 * *", "At 00:00, on the 3rd day before the last day of the month"),
            ("0 0 LW * *", "At 00:00, on the last working day of the month"),
            ("0 0 15W * *", "At 00:00, on the working day nearest to day 15 of the month"),
            (
                "0 0 1,15W,L-2,L,LW * *",
                "At 00:00, on day 1 of the month, the working day nearest to day 15 of the month, the 2nd day before the "
                    + "last day of the month, the last day of the month and the last working day of the month"
            ),
            // Days of the week.
            ("0 0 * * 0", "At 00:00, on Sunday"),
            ("0 0 * * 6,0", "At 00:00, on Saturday and Sunday"),
            ("0 0 * * FRI-MON", "At 00:00, on Friday through Monday"),
            ("0 0 * * MON,WED,FRI", "At 00:00, on Monday, Wednesday and Friday"),
            ("0 0 * * 5L", "At 00:00, on the last Friday of the month"),
            ("0 0 * * FRI#2", "At 00:00, on the second Friday of the month"),
            (
                "0 0 * * MON,FRI#5,SUNL",
                "At 00:00, on Monday, the fifth Friday of the month and the last Sunday of the month"
            ),
            // Both day fields.
            ("0 0 13 * FRI", "At 00:00, on day 13 of the month or on Friday"),
            ("0 0 13 * */5", "At 00:00, on day 13 of the month if it is Sunday or Friday"),
            ("0 0 */31 * MON-FRI", "At 00:00, on day 1 of the month if it is Monday through Friday"),
            ("0 0 1-31 * FRI", "At 00:00 every day"),
            ("0 0 ? * FRI", "At 00:00, on Friday"),
            // Months.
            ("0 0 * NOV-FEB *", "At 00:00 every day, in November through February"),
            ("0 0 1 */3 *", "At 00:00, on day 1 of the month, in January, April, July and October"),
            ("* * * 7 *", "Every minute, in July"),
            ("0 0 29 2 *", "At 00:00, on day 29 of the month, in February"),
            // In front.
            ("CRON_TZ=Europe/Madrid 1 0 * * *", "At 00:01 every day, in the time zone Europe/Madrid"),
            ("@yearly", "At 00:00, on day 1 of the month, in January"),
            ("@hourly", "At minute 0 of every hour"),
            ("@weekly", "At 00:00, on Sunday"),
        ])
    func words(_ text: String, _ explanation: String) throws {
        #expect(try parse(text).explanation == explanation)
    }

    @Test("the same values give the same words, however they are written")
    func sameWords() throws {
        for (left, right) in [
            ("0 0 * * FRI", "0 0 ? * 5"), ("*/15 * * * *", "0,15,30,45 * * * *"), ("@daily", "00 0 * * *"),
        ] {
            #expect(try parse(left).explanation == parse(right).explanation)
        }
        let resolved = try parse("H H * * *", seed: "seed")
        #expect(try resolved.explanation == parse(resolved.resolvedText).explanation)
    }

    @Test("random expressions are explained in one line that never changes")
    func anyExpression() throws {
        let seed = UInt64.random(in: 1 ... .max)
        print("explanation seed: \(seed)")
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<2_000 {
            let text = RandomExpression.any(using: &generator).text
            let words = try parse(text).explanation
            #expect(words.hasPrefix("At ") || words.hasPrefix("Every "), "\(text)")
            #expect(!words.contains("  ") && !words.contains("\n") && !words.hasSuffix(" "), "\(text): \(words)")
            #expect(try words == parse(text).explanation)
        }
    }
}
