// swift-tools-version: 6.2
import PackageDescription

let package = Package(
    name: "sqjobs-benchmarks",
    platforms: [.macOS(.v15)],
    dependencies: [
        .package(name: "sqjobs", path: "../.."),
        .package(url: "https://github.com/apple/swift-log", from: "1.6.0"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/apple/swift-crypto", "3.12.3"..<"5.0.0"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.6.0"),
    ],
    targets: [
        .executableTarget(name: "bench-sqs-server", path: "Server"),
        .executableTarget(
            name: "bench-limits", path: "Limits", linkerSettings: [.linkedLibrary("curl"), .linkedLibrary("crypto")]),
        .target(name: "BenchTLS", path: "TLS", linkerSettings: [.linkedLibrary("curl")]),
        .executableTarget(
            name: "bench-bare",
            dependencies: [
                "BenchTLS", .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ],
            path: "Bare"),
        .executableTarget(
            name: "sqs-bench",
            dependencies: [
                "BenchTLS", "Figures", .product(name: "SQJobsSQS", package: "sqjobs"),
                .product(name: "Logging", package: "swift-log"),
            ],
            path: "SQS"),
        .executableTarget(name: "bench-postgres-limit", path: "Postgres", linkerSettings: [.linkedLibrary("pq")]),
        .executableTarget(
            name: "store-bench",
            dependencies: [
                .product(name: "SQJobsPostgres", package: "sqjobs"),
                .product(name: "SQJobsSQLite", package: "sqjobs"), .product(name: "SQJobsSQS", package: "sqjobs"),
                .product(name: "GRDB", package: "GRDB.swift"), .product(name: "Logging", package: "swift-log"),
            ],
            path: "Store"),
        .target(name: "Figures", dependencies: [.product(name: "SQJobsCore", package: "sqjobs")], path: "Figures"),
        .executableTarget(name: "bench-broker-limit", path: "BrokerLimit", linkerSettings: [.linkedLibrary("pq")]),
        .executableTarget(
            name: "broker-bench",
            dependencies: [
                "Figures", .product(name: "SQJobsPostgres", package: "sqjobs"),
                .product(name: "SQJobsSQLite", package: "sqjobs"),
                .product(name: "GRDB", package: "GRDB.swift"), .product(name: "Logging", package: "swift-log"),
            ],
            path: "Broker"),
        .executableTarget(
            name: "beat-bench",
            dependencies: [
                .product(name: "SQJobsPeriodic", package: "sqjobs"),
                .product(name: "SQJobsPostgres", package: "sqjobs"),
                .product(name: "SQJobsSQLite", package: "sqjobs"), .product(name: "Logging", package: "swift-log"),
            ],
            path: "Beat"),
        .executableTarget(
            name: "cron-bench", dependencies: [.product(name: "SQJobsCron", package: "sqjobs")], path: "Cron"),
    ],
    cLanguageStandard: .gnu17
)
