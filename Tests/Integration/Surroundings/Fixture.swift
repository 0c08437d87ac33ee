import Foundation
import Testing

/// A script of these tests.
enum Fixture {
    static func path(_ name: String, _ type: String) throws -> String {
        try #require(
            Bundle.module.url(forResource: name, withExtension: type, subdirectory: "Fixtures"),
            "The script \(name).\(type) is not among the tests' resources."
        ).path
    }
}
