import TestSurroundings
import Testing

@testable import SQJobsPostgres

@Suite("Who gets which connection")
struct PostgresPoolStateTests {
    @Test("whatever comes, there are no more places than allowed, and nobody waits while something is free")
    func random() {
        var generator = SeededGenerator()
        for _ in 0..<200 {
            let limit = Int.random(in: 1...4, using: &generator)
            var state = PostgresPoolState<Int>(limit: limit)
            var lent: [Int] = []
            var opening = 0
            var waiting: [Int] = []
            var last = 0
            func serve(_ id: Int?) {
                guard let id else { return }
                #expect(waiting.first == id, "in order; seed \(generator.seed)")
                waiting.removeFirst()
            }
            for _ in 0..<200 {
                switch Int.random(in: 0..<6, using: &generator) {
                case 0, 1:
                    switch state.take() {
                    case .use(let connection, _): lent.append(connection)
                    case .open: opening += 1
                    case nil:
                        last += 1
                        waiting.append(last)
                        state.wait(last, until: .seconds(last))
                    }
                case 2 where opening > 0:
                    opening -= 1
                    last += 1
                    lent.append(last)
                case 3 where opening > 0:
                    opening -= 1
                    if let id = state.giveUpPlace() {
                        serve(id)
                        opening += 1
                    }
                case 4 where !lent.isEmpty:
                    let connection = lent.remove(at: Int.random(in: lent.indices, using: &generator))
                    if let id = state.giveBack(connection, at: .zero).waiter {
                        serve(id)
                        lent.append(connection)
                    }
                case 5 where !waiting.isEmpty:
                    state.giveUp(waiting.remove(at: Int.random(in: waiting.indices, using: &generator)))
                default: break
                }
                #expect(state.places <= limit, "seed \(generator.seed)")
                #expect(state.places == lent.count + opening + state.idleCount, "seed \(generator.seed)")
                #expect(state.waiterCount == waiting.count, "seed \(generator.seed)")
                #expect(waiting.isEmpty || (state.idleCount == 0 && state.places == limit), "seed \(generator.seed)")
            }
        }
    }

    @Test("nobody overtakes one who waits")
    func noOvertaking() {
        var state = PostgresPoolState<String>(limit: 1)
        #expect(state.take() != nil)
        state.wait(1, until: .seconds(1))
        state.wait(2, until: .seconds(2))
        #expect(state.take() == nil)
        #expect(state.giveBack("a", at: .zero).waiter == 1)
        #expect(state.take() == nil)
    }

    @Test("those whose time is over are taken out, and the next one's time is known")
    func overdue() {
        var state = PostgresPoolState<String>(limit: 1)
        _ = state.take()
        for id in 1...3 { state.wait(id, until: .seconds(id)) }
        #expect(state.takeOverdue(at: .seconds(2)) == [1, 2])
        #expect(state.nextDeadline == .seconds(3))
        #expect(state.takeOverdue(at: .seconds(2)) == [])
    }

    @Test("after the end what comes back is closed, and it is over when all is back")
    func close() {
        var state = PostgresPoolState<String>(limit: 2)
        _ = state.take()
        _ = state.take()
        _ = state.giveBack("a", at: .zero)
        state.wait(1, until: .zero)
        let closed = state.close()
        #expect(closed.connections == ["a"])
        #expect(closed.waiters == [1])
        #expect(state.take() == nil)
        #expect(!state.isOver)
        #expect(state.giveBack("b", at: .zero) == (nil, false))
        #expect(state.isOver)
    }
}

@Suite("Waits before the next attempt to connect")
struct ReconnectBackoffTests {
    @Test("they double up to the cap, and chance takes away half of one at most")
    func doubling() {
        let backoff = ReconnectBackoff(base: .milliseconds(100), cap: .seconds(5))
        #expect(backoff.wait(after: 1, random: 0) == .milliseconds(50))
        #expect(backoff.wait(after: 2, random: 0) == .milliseconds(100))
        #expect(backoff.wait(after: 6, random: 0) == .milliseconds(1_600))
        for attempt in [7, 50, .max] { #expect(backoff.wait(after: attempt, random: 0) == .milliseconds(2_500)) }
        #expect(backoff.wait(after: 1, random: 0.999) < .milliseconds(100))
    }
}
