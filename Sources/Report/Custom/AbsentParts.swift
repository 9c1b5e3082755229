import Analysis
import Model
import Words

/// A chosen part of a declared report that is not shown, and why: an empty place without a reason looks like a mistake.
struct AbsentPart: Hashable {
    /// The heading that it would have.
    var title: String
    /// The metric or dimension whose page lacks it; nil where every page does.
    var subject: String?
    /// Why there is nothing to show.
    var reason: String
}

/// What the pages of a report with these records can show, and why they cannot show the rest.
struct AbsentParts {
    let own: ReportContext

    /// The names by which sections of groups are found.
    private var dimensions: [Dimension] { own.catalogue.dimensions }

    /// Why a part that needs groups is nowhere; nil where there are dimensions.
    func withoutGroups(_ part: ReportPart) -> AbsentPart? {
        let needsGroups = [.dimension, .pairs, .groups].contains(part.home) || part.section.hasSuffix("-*")
        guard needsGroups, dimensions.isEmpty else { return nil }
        return AbsentPart(title: title(of: part), subject: nil, reason: say("the report groups by nothing"))
    }

    /// What a page is of.
    enum Subject {
        case metric(Metric)
        case dimension(Dimension)
    }

    /// What a page lacks of a part; nothing where there is no page because nothing is grouped, which is said once.
    func lacking(_ part: ReportPart, on page: Page?, of subject: Subject) -> [AbsentPart] {
        switch subject {
        case .metric(let metric): lacking(part, on: page, of: metric)
        case .dimension(let dimension): lacking(part, on: page, of: dimension)
        }
    }

    /// What a metric's page lacks of a part.
    private func lacking(_ part: ReportPart, on page: Page?, of metric: Metric) -> [AbsentPart] {
        let shown = Set((page?.sections ?? []).map(\.id))
        guard part.section.hasSuffix("-*") else {
            guard !shown.contains(part.section) else { return [] }
            return [AbsentPart(title: title(of: part), subject: metric.title, reason: reason(part, metric))]
        }
        return dimensions.filter { !shown.contains(part.section.dropLast() + $0.name) }.map { dimension in
            AbsentPart(
                title: title(of: part), subject: say("\(metric.title) by \(dimension.title)"),
                reason: hasValues(metric) ? groupReason(part) : emptiness(of: metric))
        }
    }

    /// What a dimension's page lacks of a part.
    private func lacking(_ part: ReportPart, on page: Page?, of dimension: Dimension) -> [AbsentPart] {
        let shown = Set((page?.sections ?? []).map(\.id))
        guard part.section == "*" else {
            guard !shown.contains(part.section) else { return [] }
            return [AbsentPart(title: title(of: part), subject: dimension.title, reason: reason(part, dimension))]
        }
        return own.catalogue.metrics.filter { !shown.contains($0.name) }.map { metric in
            AbsentPart(
                title: title(of: part), subject: say("\(metric.title) by \(dimension.title)"),
                reason: say("no group has a value in this period"))
        }
    }

    /// The records of fewer than two days make no line.
    static var volume: AbsentPart {
        AbsentPart(
            title: say("Records per day"), subject: nil, reason: say("a line needs records on two days or more"))
    }

    // MARK: Reasons

    private func hasValues(_ metric: Metric) -> Bool {
        own.analyses.distribution(of: own.overall(metric))?.moments.value != nil
    }

    private func emptiness(of metric: Metric) -> String {
        own.analyses.distribution(of: own.overall(metric))?.moments.absence.map(Wording.absence)
            ?? say("no values in this period")
    }

    private func reason(_ part: ReportPart, _ metric: Metric) -> String {
        guard hasValues(metric) else { return emptiness(of: metric) }
        return switch part.name {
        case "weeks": say("a line needs values in two weeks or more")
        case "bands": say("the metric has no bands: scores from 0 to 1 have, and metrics with bands of their own")
        case "curves":
            own.analyses.distribution(of: own.overall(metric))?.detail?.curves.absence.map(Wording.absence)
                ?? say("no values in this period")
        case "forecast": say("forecasts are switched off")
        default: emptiness(of: metric)
        }
    }

    private func groupReason(_ part: ReportPart) -> String {
        switch part.name {
        case "boxes": say("it needs two groups that are large enough")
        case "map": say("no group has values in two weeks or more")
        default:
            say("no group has \(NumberWords.count(own.analyses.settings.minimumGroup)) records or more")
        }
    }

    private func reason(_ part: ReportPart, _ dimension: Dimension) -> String {
        let results = own.catalogue.metrics.compactMap { own.analyses.comparison(of: $0.name, by: dimension.name) }
        let settings = own.analyses.settings
        guard let first = results.first else { return say("no group has a value in this period") }
        return switch part.name {
        case "drivers": first.drivers.absence.map(Wording.absence) ?? say("no values in this period")
        case "places":
            say(
                "fewer than two groups have \(NumberWords.count(settings.minimumGroup)) records or more both in the last \(NumberWords.count(settings.baselineDays)) days and in as many before"
            )
        case "adjusted" where dimensions.count < 2:
            say("there is no second dimension in which records could be alike")
        case "adjusted":
            say(
                "no other dimension goes together with it (Cramér’s V of \(NumberWords.exactly(settings.entangled)) or more), so that none can explain a difference"
            )
        default: say("no values in this period")
        }
    }

    // MARK: Headings

    private func title(of part: ReportPart) -> String {
        switch part.name {
        case "days": say("Day by day")
        case "weeks": say("Week by week")
        case "group_trends": say("Trends of groups")
        case "forecast": say("Next days")
        case "weekdays": say("Through the week")
        case "hours": say("Through the day")
        case "shifts": say("Changes of level and slope")
        case "unusual": say("Unusual days")
        case "tests": say("Tests")
        case "map": say("Weeks of groups")
        case "shape": say("Shape")
        case "values": say("Figures")
        case "bands": say("Quality bands")
        case "boxes": say("Boxes of groups")
        case "curves": say("Curves")
        case "kind": say("Kind of distribution")
        case "outliers": say("Outliers")
        case "drift": say("Drift")
        case "normality": say("Tests of normality")
        case "groups": say("Groups")
        case "drivers": say("What drove the change")
        case "places": say("Places")
        case "adjusted": say("Differences among like records")
        case "pairs": say("Pairs")
        default: say(word: part.name).capitalizedFirst
        }
    }
}
