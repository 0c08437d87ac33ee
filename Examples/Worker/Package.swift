// swift-tools-version: 6.2
import PackageDescription

let package = Package(
    name: "worker-example",
    platforms: [.macOS(.v15)],
    dependencies: [
        // An app of its own would say: .package(url: "https://github.com/OWNER/sqjobs", from: "0.1.0")
        .package(name: "sqjobs", path: "../..")
    ],
    targets: [
        .target(
            name: "Jobs",
            dependencies: [
                .product(name: "SQJobsCore", package: "sqjobs"),
                .product(name: "SQJobsPeriodic", package: "sqjobs"),
                .product(name: "SQJobsResults", package: "sqjobs"),
            ],
            plugins: [.plugin(name: "DiscoverJobs", package: "sqjobs")]),
        .executableTarget(
            name: "manage",
            dependencies: [
                "Jobs",
                .product(name: "SQJobsCommands", package: "sqjobs"),
                .product(name: "SQJobsPostgres", package: "sqjobs"),
                .product(name: "SQJobsSQLite", package: "sqjobs"),
                .product(name: "SQJobsSQS", package: "sqjobs"),
            ]),
        .testTarget(
            name: "JobsTests",
            dependencies: [
                "Jobs", .product(name: "SQJobsEager", package: "sqjobs"),
                .product(name: "SQJobsPeriodic", package: "sqjobs"),
            ]),
    ]
)
