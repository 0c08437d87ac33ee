/// The answer to an action that has nothing to say but that it was carried out.
struct NoOutput: Decodable, Sendable {}
