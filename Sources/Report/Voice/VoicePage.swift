import Analysis
import Charts
import Model
import Words

extension ReportContext {
    /// The pages of voice sessions; none where there are none.
    func voicePages() -> [Page] {
        guard let voice = analyses.voice, let page = voicePage() else { return [] }
        let parts = VoiceSections(context: self, voice: voice)
        let details = Page(
            path: "service/kpis.html", kind: "analysis", title: say("Service: KPIs, hours, groups"), lead: parts.lead,
            crumbs: [home, Link(path: "service/index.html", text: say("Service"))],
            sections: [
                parts.snapshotSection, parts.complianceSection, parts.windowSection, parts.splitSection,
                parts.bucketSection,
            ]
            .compactMap { $0 },
            alternates: [
                Link(path: "exports/service-kpis.csv", text: say("KPIs as CSV")),
                Link(path: "summary.json", text: "JSON"),
            ])
        return details.sections.isEmpty ? [page] : [page, details]
    }

    /// Voice sessions beyond single metrics; nil where there are none.
    func voicePage() -> Page? {
        guard let voice = analyses.voice else { return nil }
        let parts = VoiceSections(context: self, voice: voice)
        return Page(
            path: "service/index.html", kind: "analysis", title: say("Service"), lead: parts.lead, crumbs: [home],
            sections: [
                PageSection(
                    id: "figures", title: say("In short"), depth: .executive,
                    blocks: [.keyFigures(parts.keyFigures), parts.moreFigures]),
                parts.targetSection, parts.adviceSection,
                PageSection(id: "latency", title: say("Latency by component"), blocks: parts.latencyBlocks),
                PageSection(id: "errors", title: say("Errors"), blocks: parts.errorBlocks + parts.errorKindBlocks),
                PageSection(id: "cache", title: say("Caches"), blocks: parts.cacheBlocks),
                PageSection(id: "speech", title: say("Speech"), blocks: parts.speechBlocks),
                PageSection(id: "outcomes", title: say("Intents and outcomes"), blocks: parts.outcomeBlocks),
                PageSection(id: "load", title: say("Load by weekday and hour"), blocks: parts.loadBlocks),
                parts.sessionSection,
            ].compactMap { $0 },
            alternates: [
                Link(path: "exports/service-buckets.csv", text: say("Buckets as CSV")),
                Link(path: "exports/service-load.csv", text: say("Load as CSV")),
                Link(path: "summary.json", text: "JSON"),
            ])
    }
}

/// The sections of the page of voice sessions.
struct VoiceSections {
    let context: ReportContext
    let voice: VoiceResult

    var roles: VoiceRoles { voice.roles }

    func metric(_ name: String?) -> Metric? { name.flatMap { context.catalogue.metric(named: $0) } }

    func distribution(_ name: String?) -> DistributionResult? {
        metric(name).flatMap { context.analyses.distribution(of: context.overall($0)) }
    }

    func cell<Value>(_ answer: Answer<Value>?, _ make: (Value) -> TableCell) -> TableCell {
        switch answer {
        case .success(let value): make(value)
        case .failure(let absence): TableCell(nil, reason: Wording.absence(absence))
        case nil: TableCell(nil, reason: say("not supplied"))
        }
    }

    func caption(_ parts: String...) -> Prose {
        context.caption(parts.joined(separator: " · "), period: voice.period)
    }

    static func percent(_ share: Double) -> String { NumberWords.percent(share) }

    /// "70.1 %, interval 68.0 % to 72.1 %".
    func share(_ share: SuccessShare) -> String {
        say(
            "\(Self.percent(share.share)), \(NumberWords.level(share.interval.level)) interval \(ValidationWords.interval(share.interval))"
        )
    }

    /// The metric that stands for latency as a whole.
    var leading: Metric? { metric(roles.latency) }

    var lead: Prose {
        var pieces: [Prose.Piece] = [.strong(NumberWords.count(voice.sessions, "session", "sessions"))]
        if let leading, let ranks = distribution(leading.name)?.quantiles.value, let p95 = ranks.quantile(0.95) {
            let words = MetricWords(metric: leading)
            pieces.append(
                .text(
                    say(
                        " with a \(Wording.within(leading.title)) of \(words.value(ranks.median)) in the middle and \(words.value(p95)) at the 95th percentile"
                    )
                ))
        }
        if let errors = voice.sessionsWithErrors.value {
            pieces.append(.text(say("; \(Self.percent(errors.share)) had an error")))
        }
        let missed = voice.targets.count { $0.isMet == false }
        if !voice.targets.isEmpty {
            pieces.append(
                .text(
                    missed == 0
                        ? say("; all targets of latency are kept")
                        : say(
                            "; \(NumberWords.count(missed)) of \(NumberWords.count(voice.targets.count)) targets of latency \(missed == 1 ? say("is") : say("are")) missed"
                        )
                ))
        }
        return Prose(pieces + [.text(".")])
    }

    var keyFigures: [KeyFigure] {
        var figures = [
            KeyFigure(
                label: say("Sessions"), value: NumberWords.count(voice.sessions), note: Wording.period(voice.period),
                link: Link(path: "service/index.html#load", text: say("Load")))
        ]
        if let leading, let ranks = distribution(leading.name)?.quantiles.value {
            let words = MetricWords(metric: leading)
            for (label, share) in [
                (say("median"), 0.5), (say("95th percentile"), 0.95), (say("99th percentile"), 0.99),
            ] {
                guard let value = ranks.quantile(share) else { continue }
                figures.append(
                    KeyFigure(
                        label: "\(leading.title), \(label)", value: words.value(value),
                        note: Wording.exactness(ranks.exactness),
                        link: Link(path: "distributions/\(leading.name).html", text: leading.title)))
            }
        }
        for name in [roles.duration, roles.resolved, roles.satisfaction] {
            guard let metric = metric(name), let moments = distribution(name)?.moments.value else { continue }
            let words = MetricWords(metric: metric)
            figures.append(
                KeyFigure(
                    label: metric.title, value: words.value(moments.mean),
                    note: moments.meanInterval.map {
                        say("mean; \(NumberWords.level($0.level)) interval \(words.interval($0))")
                    } ?? say("mean"), link: Link(path: "trends/\(metric.name).html", text: metric.title)))
        }
        if let errors = voice.sessionsWithErrors.value {
            figures.append(
                KeyFigure(
                    label: say("Sessions with an error"), value: Self.percent(errors.share),
                    note:
                        say(
                            "\(NumberWords.count(errors.successes)) of \(NumberWords.count(errors.n)); interval \(ValidationWords.interval(errors.interval))"
                        )
                ))
        }
        return figures
    }

    var moreFigures: Block {
        let text =
            say("KPIs over a day, 7 days and 30 days, hours unlike the others, groups side by side, latency in buckets")
        return .prose(Prose([.link(Link(path: "service/kpis.html", text: text)), .text(".")]))
    }

    // MARK: Targets

    var targetSection: PageSection? {
        guard !voice.targets.isEmpty else { return nil }
        let rows = voice.targets.map { item -> [TableCell] in
            let metric = metric(item.target.metric)
            let limit = [NumberWords.exactly(item.target.atMost), metric?.unit ?? ""].filter { !$0.isEmpty }
                .joined(separator: "\u{202F}")
            let state: TableCell =
                switch item.isMet {
                case true: TableCell(say("kept"), tone: .good)
                case false: TableCell(say("missed"), tone: .bad)
                default: TableCell(nil, reason: say("no values"))
                }
            return [
                TableCell(metric?.title ?? item.target.metric), TableCell(say("at most \(limit)")),
                TableCell(Self.percent(item.target.share), sortKey: item.target.share),
                cell(item.share) { TableCell(Self.percent($0.share), sortKey: $0.share) },
                cell(item.share) { TableCell(ValidationWords.interval($0.interval), sortKey: $0.interval.low) },
                cell(item.share) { TableCell(NumberWords.count($0.n), sortKey: Double($0.n)) }, state,
            ]
        }
        return PageSection(
            id: "targets", title: say("Targets"), depth: .executive,
            blocks: [
                .table(
                    TableBlock(
                        caption: say("Sessions that keep the limit, against the share that has to"),
                        columns: [
                            .init(say("Metric")), .init(say("Limit")), .init(say("Share wanted"), isNumeric: true),
                            .init(say("Share that keeps it"), isNumeric: true),
                            .init(
                                say("\(NumberWords.level(context.analyses.settings.level)) interval"), isNumeric: true),
                            .init("n", isNumeric: true), .init(say("State")),
                        ], rows: rows))
            ])
    }
}
