// swift-tools-version: 6.2
import PackageDescription

let package = Package(
    name: "webapp-example",
    platforms: [.macOS(.v15)],
    dependencies: [
        // An app of its own would say: .package(url: "https://github.com/OWNER/sqjobs", from: "0.1.0")
        .package(name: "sqjobs", path: "../.."),
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.5.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.6.0"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.0"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.6.0"),
    ],
    targets: [
        // The shop: its jobs, its pages and its web server, none of which knows a broker or a store by name.
        .target(
            name: "TicketShop",
            dependencies: [
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
                .product(name: "SQJobsPeriodic", package: "sqjobs"),
                .product(name: "SQJobsResults", package: "sqjobs"),
            ],
            resources: [.embedInCode("Assets/shop.css"), .embedInCode("Assets/shop.js")]),
        // The program: which backends it links, and the command that serves the pages.
        .executableTarget(
            name: "webapp",
            dependencies: [
                "TicketShop",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
                .product(name: "SQJobsCommands", package: "sqjobs"),
                .product(name: "SQJobsPostgres", package: "sqjobs"),
                .product(name: "SQJobsSQLite", package: "sqjobs"),
                .product(name: "SQJobsSQS", package: "sqjobs"),
            ]),
        .testTarget(
            name: "TicketShopTests",
            dependencies: [
                "TicketShop", "webapp",
                .product(name: "HummingbirdTesting", package: "hummingbird"),
                .product(name: "SQJobsSQLite", package: "sqjobs"),
                .product(name: "SQJobsTesting", package: "sqjobs"),
            ]),
    ]
)
