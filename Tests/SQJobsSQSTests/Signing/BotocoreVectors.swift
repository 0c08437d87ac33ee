import Foundation
import Testing

/// What `Fixtures/sign_vectors.py` wrote.
struct BotocoreVectors: Decodable {
    struct Vector: Decodable {
        let name: String
        let service: String
        let region: String
        let time: Date
        let method: String
        let url: URL
        let headers: [String: String]
        let body: String
        let sessionToken: String?
        let authorization: String
    }

    let key: String
    let secret: String
    let vectors: [Vector]

    static func read() throws -> BotocoreVectors {
        let file = try #require(
            Bundle.module.url(forResource: "sign_vectors", withExtension: "json", subdirectory: "Fixtures"))
        let decoder = JSONDecoder()
        decoder.dateDecodingStrategy = .iso8601
        return try decoder.decode(BotocoreVectors.self, from: Data(contentsOf: file))
    }
}
