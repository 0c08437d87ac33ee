import Foundation
import SQJobsDiscovery
import Testing

@Suite("The file that is written")
struct OutputFileTests {
    @Test("is left alone if its text is the same, so that nothing is built again")
    func isLeftAlone() throws {
        try withTemporaryFolder { folder in
            let url = folder.appending(path: "deep/Registry.swift")
            let file = OutputFile(path: url.path)
            #expect(try file.write("one"))
            let long = Date(timeIntervalSince1970: 1_000_000)
            try FileManager.default.setAttributes([.modificationDate: long], ofItemAtPath: url.path)
            #expect(try !file.write("one"))
            #expect(try modified(url) == long)
            #expect(try file.write("two"))
            #expect(try modified(url) != long)
            #expect(try String(contentsOf: url, encoding: .utf8) == "two")
        }
    }

    private func modified(_ url: URL) throws -> Date? {
        try FileManager.default.attributesOfItem(atPath: url.path)[.modificationDate] as? Date
    }
}
