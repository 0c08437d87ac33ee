import Testing

@testable import SQJobsCore

@Suite("The worker's state machine, whatever happens")
struct MachinePropertyTests {
    @Test(arguments: (0..<24).map { _ in UInt64.random(in: 0..<1 << 32) })
    func `its invariants hold, and it ends once, with nothing forgotten`(seed: UInt64) throws {
        var world = RandomWorld(seed: seed)
        try world.live(steps: 600)
    }
}
