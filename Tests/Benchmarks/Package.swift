// swift-tools-version: 6.2
import PackageDescription

let package = Package(
    name: "sqjobs-benchmarks",
    platforms: [.macOS(.v15)],
    dependencies: [
        .package(name: "sqjobs", path: "../.."),
        .package(url: "https://github.com/apple/swift-log", from: "1.6.0"),
    ],
    targets: [
        .executableTarget(name: "bench-sqs-server", path: "Server"),
        .executableTarget(
            name: "bench-limits", path: "Limits", linkerSettings: [.linkedLibrary("curl"), .linkedLibrary("crypto")]),
        .executableTarget(
            name: "sqs-bench",
            dependencies: [
                .product(name: "SQJobsSQS", package: "sqjobs"), .product(name: "Logging", package: "swift-log"),
            ],
            path: "SQS"),
        .executableTarget(
            name: "cron-bench", dependencies: [.product(name: "SQJobsCron", package: "sqjobs")], path: "Cron"),
    ],
    cLanguageStandard: .gnu17
)
