import ArgumentParser

/// What a build reads and where it writes, for every command that builds.
struct BuildPlaces: ParsableArguments {
    @Argument(help: "Files, folders or patterns to read.")
    var exports: [String] = []

    @Option(help: ArgumentHelp("The configuration (default: assay.yaml here, if there is one).", valueName: "file"))
    var config: String?

    @Option(help: ArgumentHelp("Where the site goes (default: Output).", valueName: "folder"))
    var output: String?

    @Option(
        help: ArgumentHelp("The archive (default: .assay/archive.sqlite beside the configuration).", valueName: "file"))
    var archive: String?
}
