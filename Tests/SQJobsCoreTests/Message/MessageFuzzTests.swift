import Foundation
import SQJobsCore
import Testing

@Suite("Reading whatever comes")
struct MessageFuzzTests {
    struct Address: Codable {
        var street: String
        var number: Int?
    }

    struct Parameters: Codable {
        var id: Int
        var name: String
        var at: Date?
        var address: Address?
        var tags: [String]?
    }

    /// Reads a body as far as a worker would: it must end in a value or in an error of ours.
    func read(_ body: String, seed: UInt64) {
        do {
            let message = try MessageCodec.decode(body, messageID: "m")
            #expect(!message.name.isEmpty, "seed \(seed)")
            for decode in [
                { _ = try message.arguments.decode(Parameters.self, for: message.name) },
                { _ = try message.arguments.decode([JSONValue].self, for: message.name) },
                { _ = try message.arguments.decode([String: JSONValue].self, for: message.name) },
                { _ = try message.arguments.decode(Int?.self, for: message.name) },
            ] {
                do {
                    try decode()
                } catch let error as SQJobsError {
                    #expect(error.code == .invalidArguments, "seed \(seed)")
                }
            }
            _ = try MessageCodec.encode(message)
        } catch let error as SQJobsError {
            #expect(error.code == .unreadableMessage, "seed \(seed)")
        } catch {
            Issue.record("seed \(seed): \(error) is not an error of ours")
        }
    }

    @Test("random and mutated bodies end in a value or an error, and in time")
    func fuzz() {
        let seed = UInt64.random(in: 0 ... .max)
        print("the fuzz test of the codec has the seed \(seed)")
        var random = SplitMix64(seed)
        let valid: [String] = [
            #"{"id": "2f1c", "name": "adder_job", "args": [1, "two", "2026-11-22"], "kwargs": {"tags": ["a", "b"]}}"#,
            #"{"name":"x","args":[],"kwargs":{"id":7,"name":"n","address":{"street":"s","number":null}}}"#,
            #"{"id":null,"name":"\u00e9\ud83d\ude00","args":[[[[1e308,-0.0,NaN]]]],"kwargs":[]}"#,
        ]
        let start = ContinuousClock.now
        for round in 0..<3000 {
            var bytes: [UInt8]
            if round % 3 == 0 {
                bytes = (0..<Int.random(in: 0..<200, using: &random)).map { _ in .random(in: 0 ... .max, using: &random)
                }
            } else {
                bytes = Array(valid[round % valid.count].utf8)
                for _ in 0..<Int.random(in: 1...4, using: &random) { mutate(&bytes, &random) }
            }
            read(Data(bytes).base64EncodedString(), seed: seed)
            read(String(decoding: bytes, as: UTF8.self), seed: seed)
            read("{" + String(decoding: bytes, as: UTF8.self), seed: seed)
        }
        #expect(start.duration(to: .now) < .seconds(60), "seed \(seed)")
    }

    private func mutate(_ bytes: inout [UInt8], _ random: inout SplitMix64) {
        guard !bytes.isEmpty else { return }
        let place = Int.random(in: 0..<bytes.count, using: &random)
        let structural = Array(#"{}[]",:\-+.eEuNaIn0129 "#.utf8)
        switch Int.random(in: 0..<6, using: &random) {
        case 0: bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &random)
        case 1: bytes.remove(at: place)
        case 2: bytes.insert(structural[Int.random(in: 0..<structural.count, using: &random)], at: place)
        case 3: bytes[place] = structural[Int.random(in: 0..<structural.count, using: &random)]
        case 4: bytes.removeSubrange(place...)
        default:
            let end = Int.random(in: place..<bytes.count, using: &random)
            bytes.insert(contentsOf: bytes[place...end], at: Int.random(in: 0..<bytes.count, using: &random))
        }
    }
}

/// Random numbers that a seed repeats.
struct SplitMix64: RandomNumberGenerator {
    private var state: UInt64

    init(_ seed: UInt64) {
        state = seed
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
