func isReachable() async throws -> Bool { true }

func charge(_ order: Int) async throws {}
