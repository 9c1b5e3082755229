import ArgumentParser
import Pipeline

/// The command: options become settings here, and everything below receives values.
@main
struct Assay: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "assay",
        abstract: "Turns nightly session and quality exports into a static report site.",
        discussion: """
            assay build exports/            read the exports, keep them, publish the site into Output/
            assay init exports/             propose a configuration
            assay sample --into exports/    write exports to try it on
            assay trend scores.csv --value accuracy --by tier      ask one question of any file

            Reports go to files, messages to standard error, requested data to standard output.
            """,
        version: assayVersion,
        subcommands: [
            Build.self, Serve.self, Init.self, Check.self, Sample.self, History.self, Diff.self, Export.self,
            Explain.self,
            Interventions.self, Gate.self,
            Alerts.self, KPICommand.self, Learners.self,
        ],
        groupedSubcommands: [
            CommandGroup(
                name: "Questions",
                subcommands: [
                    Trend.self, Distribution.self, Compare.self, Correlate.self, Improve.self, Anomalies.self,
                    ChangePoints.self, Forecast.self, Cluster.self,
                ])
        ])
}
