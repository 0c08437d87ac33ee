import Logging
import SQJobsTesting
import Testing

@testable import SQJobsCore

@Suite("A worker and a broker that fails (rules 2.9, 2.13)")
struct WorkerFaultTests {
    @Test func `during an outage the worker keeps what it holds, asks seldom, and goes on afterwards`() async throws {
        let gate = AsyncGate()
        let theatre = try Theatre(
            Play { [gate] part, _ in
                await gate.pass()
                return part
            })
        try await theatre.enqueue("a", "b", "c")
        try await theatre.perform {
            try await theatre.wait("all run") { gate.waiting == 3 }
            theatre.broker.state.change { $0.outage = SpyBroker.unavailable }
            let (receives, extensions) = (
                theatre.broker.state.value.receives, theatre.broker.state.value.extensions.count
            )
            // The long poll under way would hide the outage.
            try await theatre.enqueue("d")
            await theatre.pass(.seconds(15))
            #expect(theatre.broker.state.value.receives - receives <= 12)
            #expect(theatre.broker.state.value.extensions.count > extensions, "it goes on trying")
            #expect(theatre.log.lines.contains { $0.message == "cannot receive: trying again" })
            gate.open()
            await theatre.pass(.seconds(2))
            #expect(!theatre.play.steps.all.contains { $0.hasPrefix("onSuccess") }, "nothing is settled yet")
            theatre.broker.state.change { $0.outage = nil }
            try await theatre.enqueue("e")
            try await theatre.wait("all are over") { theatre.play.steps.all.count { $0.hasPrefix("onSuccess") } == 5 }
        }
        #expect(theatre.play.runs == 5, "none was delivered twice")
        #expect(try await theatre.statistics().isEmpty)
    }

    @Test func `a broker that cancels receives by itself is not asked again and again`() async throws {
        let theatre = try Theatre()
        theatre.broker.state.change { $0.cancelsReceives = true }
        try await theatre.perform {
            await theatre.pass(.seconds(20))
            #expect(theatre.broker.state.value.receives <= 12)
            theatre.broker.state.change { $0.cancelsReceives = false }
            try await theatre.enqueue("a")
            try await theatre.wait("it goes on") { theatre.play.steps.all.last == "onSuccess a" }
        }
    }

    @Test func `deletes travel in batches, and an entry that failed in one is retried alone`() async throws {
        let theatre = try Theatre()
        let ids = try await theatre.enqueue("0", "1", "2", "3", "4", "5", "6", "7", "8", "9")
        theatre.broker.state.change { $0.refusals[ids[3]] = (SpyBroker.unavailable, 1) }
        try await theatre.perform {
            try await theatre.wait("all are over", step: .milliseconds(1)) {
                theatre.play.steps.all.count { $0.hasPrefix("onSuccess") } == 10
            }
        }
        let deletes = theatre.broker.state.value.deletes
        #expect(deletes.count <= 4, "ten in one, or a few if they were slow to come")
        #expect(deletes.flatMap(\.self).count == 11)
        #expect(deletes.last == [ids[3]])
        #expect(theatre.play.runs == 10)
    }

    @Test func `when a whole batch is refused, its entries are retried alone, as only one may be at fault`()
        async throws
    {
        let theatre = try Theatre()
        try await theatre.enqueue("0", "1", "2", "3", "4", "5", "6", "7", "8", "9")
        let refused = SQJobsError(.brokerRefused, "One entry is wrong.")
        theatre.broker.state.change { $0.refusedCalls = (refused, 1) }
        try await theatre.perform {
            try await theatre.wait("all are over") { theatre.play.steps.all.count { $0.hasPrefix("onSuccess") } == 10 }
        }
        #expect(theatre.play.runs == 10)
    }

    @Test func `what is refused alone is not asked again, and comes back`() async throws {
        let theatre = try Theatre()
        let ids = try await theatre.enqueue("a")
        let refused = SQJobsError(.brokerRefused, "Never.")
        theatre.broker.state.change { $0.refusals[ids[0]] = (refused, 1) }
        try await theatre.perform {
            try await theatre.wait("it is said") {
                theatre.log.lines.contains { $0.message.contains("could not be deleted") }
            }
            #expect(theatre.broker.state.value.deletes.count == 1)
            #expect(!theatre.play.steps.all.contains("onSuccess a"))
        }
    }

    @Test func `a renewal that the broker does not answer is tried again, and settles in the end`() async throws {
        let gate = AsyncGate()
        let theatre = try Theatre(
            Play { [gate] part, _ in
                await gate.pass()
                return part
            })
        let ids = try await theatre.enqueue("a", "b")
        theatre.broker.state.change { $0.unansweredExtensions = 1 }
        try await theatre.perform {
            try await theatre.wait("both run") { gate.waiting == 2 }
            await theatre.pass(.seconds(13))
            #expect(theatre.broker.state.value.extensions.first?.sorted() == ids)
            #expect(theatre.broker.state.value.extensions.contains { $0.count == 1 }, "again, and alone")
            theatre.broker.state.change { $0.unansweredExtensions = 0 }
            gate.open()
            try await theatre.wait("both are over") { theatre.play.steps.all.count { $0.hasPrefix("onSuccess") } == 2 }
        }
    }

    @Test func `a worker whose settlements nobody answers ends all the same, and its jobs with it`() async throws {
        let theatre = try Theatre()
        try await theatre.enqueue("a")
        theatre.broker.state.change { $0.refusedCalls = (SpyBroker.unavailable, .max) }
        theatre.open()
        try await theatre.wait("it is to be deleted") { !theatre.broker.state.value.deletes.isEmpty }
        try await theatre.close()
        #expect(theatre.log.lines.contains { $0.message == "some messages could not be settled in time" })
        try await eventually("no job waits for ever") { theatre.play.alive.value == 0 }
        #expect(!theatre.play.steps.all.contains { $0.hasPrefix("on") })
    }
}
