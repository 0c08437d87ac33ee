import Foundation
import Testing

@testable import SQJobsPeriodic

@Suite("A beater's states")
struct BeaterStateMachineTests {
    private let now = Date(timeIntervalSince1970: 1_800_000_000)
    private var machine = BeaterStateMachine(interval: .seconds(10), batch: 5)

    @Test(
        "it sleeps until the next schedule is due, at most its interval",
        arguments: [
            (3.0, Duration.seconds(3)), (60, .seconds(10)), (-5, .milliseconds(1)),
        ])
    func sleeping(_ seconds: Double, _ pause: Duration) {
        var machine = machine
        let report = BeatReport(schedules: 1, firings: 1, nextAt: now.addingTimeInterval(seconds))
        #expect(machine.beatEnded(report, at: now) == .sleep(pause))
        #expect(machine.woke() == .beat)
    }

    @Test("it sleeps its interval when nothing will be due")
    func nothing() {
        var machine = machine
        #expect(machine.beatEnded(BeatReport(schedules: 0, firings: 0, nextAt: nil), at: now) == .sleep(.seconds(10)))
    }

    @Test("it beats again at once when there may be more")
    func more() {
        var machine = machine
        #expect(machine.beatEnded(BeatReport(schedules: 5, firings: 5, nextAt: now), at: now) == .beat)
    }

    @Test("it waits longer with each failure, at most its interval")
    func failures() {
        var machine = machine
        var pauses: [BeaterStateMachine.Action] = []
        for _ in 0..<8 {
            pauses.append(machine.beatFailed())
            #expect(machine.woke() == .beat)
        }
        #expect(
            pauses.prefix(3) == [.sleep(.milliseconds(200)), .sleep(.milliseconds(400)), .sleep(.milliseconds(800))])
        #expect(pauses.last == .sleep(.seconds(10)))
        _ = machine.beatEnded(BeatReport(schedules: 0, firings: 0, nextAt: nil), at: now)
        #expect(machine.beatFailed() == .sleep(.milliseconds(200)))
    }

    @Test("once stopped it finishes, whatever comes")
    func stopped() {
        var machine = machine
        machine.stop()
        #expect(machine.woke() == .finish)
        #expect(machine.beatFailed() == .finish)
        #expect(machine.beatEnded(BeatReport(schedules: 5, firings: 5, nextAt: now), at: now) == .finish)
    }
}
