// swift-tools-version: 6.2
import PackageDescription

/// The project's own builds turn warnings into errors; an app that depends on SQJobs is never stopped by one.
let warningsAreErrors = Context.environment["SQJOBS_WARNINGS_AS_ERRORS"] != nil

let settings: [SwiftSetting] =
    [
        .enableUpcomingFeature("ExistentialAny"),
        .enableUpcomingFeature("InternalImportsByDefault"),
        .enableUpcomingFeature("MemberImportVisibility"),
    ] + (warningsAreErrors ? [.treatAllWarnings(as: .error)] : [])

let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let metrics = Target.Dependency.product(name: "Metrics", package: "swift-metrics")
let tracing = Target.Dependency.product(name: "Tracing", package: "swift-distributed-tracing")
let lifecycle = Target.Dependency.product(name: "ServiceLifecycle", package: "swift-service-lifecycle")
let deque = Target.Dependency.product(name: "DequeModule", package: "swift-collections")
let instrumentation = Target.Dependency.product(name: "Instrumentation", package: "swift-distributed-tracing")
let inMemoryTracing = Target.Dependency.product(name: "InMemoryTracing", package: "swift-distributed-tracing")
let serviceContext = Target.Dependency.product(name: "ServiceContextModule", package: "swift-service-context")
let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let argumentParser = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")
let unixSignals = Target.Dependency.product(name: "UnixSignals", package: "swift-service-lifecycle")
let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")
let configuration = Target.Dependency.product(name: "Configuration", package: "swift-configuration")
let swiftParser = Target.Dependency.product(name: "SwiftParser", package: "swift-syntax")
let swiftSyntax = Target.Dependency.product(name: "SwiftSyntax", package: "swift-syntax")

func module(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
    .target(name: name, dependencies: dependencies, swiftSettings: settings)
}

func tests(
    _ name: String, _ dependencies: [Target.Dependency] = [], exclude: [String] = [], resources: [Resource] = []
) -> Target {
    .testTarget(
        name: name, dependencies: dependencies, exclude: exclude, resources: resources, swiftSettings: settings)
}

let package = Package(
    name: "sqjobs",
    platforms: [.macOS(.v15)],
    products: [
        .library(name: "SQJobsCore", targets: ["SQJobsCore"]),
        .library(name: "SQJobsCron", targets: ["SQJobsCron"]),
        .library(name: "SQJobsEager", targets: ["SQJobsEager"]),
        .library(name: "SQJobsResults", targets: ["SQJobsResults"]),
        .library(name: "SQJobsPeriodic", targets: ["SQJobsPeriodic"]),
        .library(name: "SQJobsSQLite", targets: ["SQJobsSQLite"]),
        .library(name: "SQJobsSQS", targets: ["SQJobsSQS"]),
        .library(name: "SQJobsPostgres", targets: ["SQJobsPostgres"]),
        .library(name: "SQJobsCommands", targets: ["SQJobsCommands"]),
        .library(name: "SQJobsTesting", targets: ["SQJobsTesting"]),
        .library(name: "SQJobsConformance", targets: ["SQJobsConformance"]),
        .plugin(name: "DiscoverJobs", targets: ["DiscoverJobs"]),
        .plugin(name: "NewJob", targets: ["NewJob"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-log", from: "1.6.0"),
        .package(url: "https://github.com/apple/swift-metrics", from: "2.5.0"),
        .package(url: "https://github.com/apple/swift-distributed-tracing", from: "1.2.0"),
        .package(url: "https://github.com/apple/swift-service-context", from: "1.0.0"),
        .package(url: "https://github.com/apple/swift-collections", from: "1.1.0"),
        .package(url: "https://github.com/apple/swift-crypto", "3.12.3"..<"5.0.0"),
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.5.0"),
        .package(url: "https://github.com/apple/swift-configuration", from: "1.0.0"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.6.0"),
        // Wide, so that it never keeps an app from the version that its macros want. Only the plugins' tool needs it.
        .package(url: "https://github.com/swiftlang/swift-syntax", "600.0.0"..<"700.0.0"),
    ],
    targets: [
        .systemLibrary(
            name: "CCurl", providers: [.apt(["libcurl4-openssl-dev"]), .brew(["curl"])]),
        .systemLibrary(name: "CLibpq", providers: [.apt(["libpq-dev"]), .brew(["libpq"])]),
        module("SQJobsCron"),
        module("SQJobsCore", [deque, instrumentation, lifecycle, logging, metrics, serviceContext, tracing]),
        module("SQJobsEager", ["SQJobsCore", logging]),
        module("SQJobsResults", ["SQJobsCore", logging]),
        module("SQJobsPeriodic", ["SQJobsCore", "SQJobsCron", crypto, lifecycle, logging]),
        module("SQJobsSQLite", ["SQJobsCore", "SQJobsPeriodic", "SQJobsResults", grdb]),
        module("SQJobsSQS", ["SQJobsCore", "CCurl", crypto, logging]),
        module("SQJobsPostgres", ["SQJobsCore", "SQJobsPeriodic", "SQJobsResults", "CLibpq", deque, logging]),
        module(
            "SQJobsCommands",
            [
                "SQJobsCore", "SQJobsCron", "SQJobsEager", "SQJobsPeriodic", "SQJobsResults", argumentParser,
                configuration, lifecycle, logging, unixSignals,
            ]),
        module("SQJobsTesting", ["SQJobsCore", "SQJobsPeriodic", "SQJobsResults", logging]),
        module("SQJobsConformance", ["SQJobsCore", "SQJobsCron", "SQJobsPeriodic", "SQJobsResults", logging]),

        // The plugins and the tool that does their work.
        module("SQJobsDiscovery", ["SQJobsCron", swiftParser, swiftSyntax]),
        .executableTarget(
            name: "sqjobs-discover", dependencies: ["SQJobsDiscovery", argumentParser], swiftSettings: settings),
        .plugin(name: "DiscoverJobs", capability: .buildTool(), dependencies: ["sqjobs-discover"]),
        .plugin(
            name: "NewJob",
            capability: .command(
                intent: .custom(verb: "new-job", description: "Writes the class of a new job, and its test."),
                permissions: [.writeToPackageDirectory(reason: "It writes the job's class and its test.")]),
            dependencies: ["sqjobs-discover"]),

        tests("SQJobsCronTests", ["SQJobsCron", "TestSurroundings"], resources: [.process("Fixtures")]),
        tests("SQJobsCoreTests", ["SQJobsCore", "SQJobsTesting", "TestSurroundings", lifecycle, logging]),
        tests("SQJobsDiscoveryTests", ["SQJobsDiscovery"], resources: [.copy("Fixtures")]),
        tests("SQJobsEagerTests", ["SQJobsEager"]),
        tests("SQJobsPeriodicTests", ["SQJobsPeriodic", "SQJobsTesting", lifecycle, logging]),
        tests("SQJobsResultsTests", ["SQJobsResults", "SQJobsTesting", lifecycle, logging]),
        tests(
            "SQJobsSQLiteTests",
            ["SQJobsConformance", "SQJobsSQLite", "SQJobsTesting", "TestSurroundings", "sqlite-worker", grdb]),
        tests("SQJobsSQSTests", ["SQJobsSQS", logging], resources: [.copy("Fixtures")]),
        tests(
            "SQJobsPostgresTests",
            ["SQJobsConformance", "SQJobsPostgres", "SQJobsTesting", "TestSurroundings", lifecycle, logging]),
        tests(
            "SQJobsCommandsTests",
            ["SQJobsCommands", "SQJobsPeriodic", "SQJobsSQLite", "SQJobsTesting", argumentParser, lifecycle, logging]),
        tests(
            "DocumentationTests",
            [
                "DocumentationContext", "SQJobsCommands", "SQJobsConformance", "SQJobsEager", "SQJobsPostgres",
                "SQJobsSQLite", "SQJobsSQS", "SQJobsTesting", "TestSurroundings", "documentation-app", argumentParser,
                grdb, lifecycle,
                logging, metrics, tracing, unixSignals,
            ], exclude: ["Context"]),
        tests("SQJobsTestingTests", ["SQJobsConformance", "SQJobsTesting"]),

        // What the tests of several modules need: waiting, recording, chance.
        .target(
            name: "TestSurroundings", dependencies: [logging], path: "Tests/TestSurroundings", swiftSettings: settings),

        // What the pages of the documentation take for granted, and the app whose commands they show.
        .target(
            name: "DocumentationContext", dependencies: ["SQJobsCommands", "SQJobsTesting", logging],
            path: "Tests/DocumentationContext", swiftSettings: settings),
        .executableTarget(
            name: "documentation-app",
            dependencies: ["DocumentationContext", "SQJobsCommands", "SQJobsPostgres", "SQJobsSQLite", "SQJobsSQS"],
            path: "Tests/DocumentationApp", swiftSettings: settings),

        // Real processes for the tests to kill.
        .executableTarget(
            name: "integration-worker",
            dependencies: [
                "SQJobsCommands", "SQJobsPostgres", "SQJobsSQLite", "SQJobsSQS", argumentParser, lifecycle, unixSignals,
            ],
            path: "Tests/IntegrationWorker", swiftSettings: settings),
        .executableTarget(
            name: "sqlite-worker", dependencies: ["SQJobsSQLite", "SQJobsTesting", logging],
            path: "Tests/SQLiteWorker", swiftSettings: settings),
        .testTarget(
            name: "IntegrationTests",
            dependencies: [
                "SQJobsConformance", "SQJobsCore", "SQJobsPeriodic", "SQJobsPostgres", "SQJobsResults", "SQJobsSQLite",
                "SQJobsSQS", "TestSurroundings", "integration-worker", grdb, inMemoryTracing, instrumentation,
                lifecycle, logging, tracing,
            ],
            path: "Tests/Integration", resources: [.copy("Fixtures")], swiftSettings: settings),
    ],
    swiftLanguageModes: [.v6]
)
