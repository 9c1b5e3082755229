// swift-tools-version: 6.2
import PackageDescription

/// Every target of ours is compiled alike: warnings are errors and pointer calls are fenced.
let strict: [SwiftSetting] = [
    .strictMemorySafety(),
    .treatAllWarnings(as: .error),
    .enableUpcomingFeature("ExistentialAny"),
]

/// Loops over numbers are a hundred times slower without optimisation, and tests run thousands of them.
let optimised: [SwiftSetting] = strict + [.unsafeFlags(["-O"], .when(configuration: .debug))]

/// A room of the house: a target with the rooms and libraries that it may import, and nothing else.
func room(
    _ name: String, _ dependencies: [Target.Dependency] = [], settings: [SwiftSetting] = strict
) -> Target {
    .target(name: name, dependencies: dependencies, swiftSettings: settings)
}

/// The tests of one room.
func tests(_ room: String, _ dependencies: [Target.Dependency] = []) -> Target {
    .testTarget(
        name: "\(room)Tests",
        dependencies: [.byName(name: room), "TestSupport"] + dependencies,
        swiftSettings: strict)
}

let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")
let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let arguments = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")
let yaml = Target.Dependency.product(name: "Yams", package: "Yams")

let package = Package(
    name: "assay",
    products: [
        .executable(name: "assay", targets: ["assay"]),
        .executable(name: "assay-bench", targets: ["Benchmark"]),
        .library(name: "Fuzzing", type: .static, targets: ["Fuzzing"]),
    ],
    dependencies: [
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
    ],
    targets: [
        .target(name: "CBytes"),
        .target(name: "CFiles"),
        .target(name: "CLoopback"),
        .target(name: "CSQLite"),
        .systemLibrary(name: "CCairo", pkgConfig: "cairo", providers: [.apt(["libcairo2-dev"])]),
        .systemLibrary(
            name: "CCommonMark", pkgConfig: "libcmark-gfm",
            providers: [.apt(["libcmark-gfm-dev", "libcmark-gfm-extensions-dev"])]),
        .systemLibrary(name: "CLibXML2", pkgConfig: "libxml-2.0", providers: [.apt(["libxml2-dev"])]),
        .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
        .systemLibrary(name: "CZstd", pkgConfig: "libzstd", providers: [.apt(["libzstd-dev"])]),

        room("Statistics", settings: optimised),
        room("Words"),
        room("TemplateEngine", ["Words"]),
        room("Charts"),
        room("CommonMark", ["CCommonMark"]),
        room("Diagnostics", ["Words"]),
        room("Model"),
        room("XML", ["CLibXML2"]),
        room("Ingest", ["Statistics", "Model", "Diagnostics", "XML", "CBytes", "CZlib", "CZstd", crypto]),
        room("Partials", ["Statistics", "Model"], settings: optimised),
        room("Archive", ["Model", "Partials", "CSQLite", "CZstd", grdb, crypto]),
        room("Analysis", ["Statistics", "Partials", "Model", "Words"], settings: optimised),
        room("Drawing", ["Charts", "XML", "CCairo"]),
        room("Report", ["Analysis", "Charts", "Model", "Words"]),
        room(
            "Site",
            [
                "Report", "Charts", "Drawing", "TemplateEngine", "XML", "CommonMark", "Diagnostics", "Words", "CFiles",
                crypto,
            ]),
        room("Samples", ["Statistics", "Model"]),
        room("Preview", ["CLoopback"]),
        room(
            "Pipeline",
            [
                "Model", "Diagnostics", "Ingest", "Partials", "Archive", "Analysis", "Report", "Site",
                "Samples", "Words", yaml, logging,
            ]),
        .executableTarget(
            name: "assay", dependencies: ["Pipeline", "Preview", "Diagnostics", arguments], swiftSettings: strict),

        .executableTarget(
            name: "Benchmark",
            dependencies: [
                "Pipeline", "Samples", "Ingest", "Charts", "Drawing", "TemplateEngine", "Model", "Statistics",
                "Partials", "Analysis", "Report", "Site", "TestSupport",
            ],
            swiftSettings: strict),

        room("Fuzzing", ["Ingest", "Model", "Pipeline", "TemplateEngine", "XML"]),

        .target(name: "TestSupport", dependencies: ["CZstd"], path: "Tests/TestSupport", swiftSettings: strict),
        tests("Statistics"),
        tests("Words"),
        tests("TemplateEngine"),
        tests("Charts"),
        tests("CommonMark"),
        tests("Diagnostics"),
        tests("Model"),
        tests("XML"),
        tests("Ingest", ["Model", "Diagnostics"]),
        tests("Partials", ["Statistics", "Model"]),
        tests("Archive", ["Partials", "Statistics", "Model"]),
        tests("Analysis", ["Statistics", "Partials", "Model"]),
        tests("Drawing", ["Charts", "XML"]),
        tests("Report", ["Analysis", "Charts", "Model", "Partials", "Statistics"]),
        tests("Site", ["Report", "Charts", "TemplateEngine", "Diagnostics", "Words"]),
        tests("Samples", ["Model"]),
        tests("Preview"),
        tests("Pipeline", ["Model", "Diagnostics", "Statistics"]),
        .testTarget(name: "ArchitectureTests", dependencies: ["TestSupport"], swiftSettings: strict),
    ],
    swiftLanguageModes: [.v6]
)
