import Analysis
import Model
import Words

/// How people are kept private: what was done, under which rules, and what it cost.
public struct PrivacyAccount: Sendable, Hashable {
    /// Whether people count only if they have said that they agree.
    public var needsConsent = false
    /// For how many days rows about people are kept; nil for all.
    public var retentionDays: Int?
    /// Rows that were not taken or were dropped, by reason.
    public var refusals: [PersonRefusal: Int] = [:]
    /// How many people do not agree.
    public var peopleWithoutConsent = 0
    /// How many people have been erased.
    public var erasures = 0
    /// Whether anything about people or learners is stored, or was and is not used: the page stands also where nobody agrees.
    public var holdsPeople = false
    /// Whether learners stand under the ids of the export.
    public var showsLearnerIds = false
    /// The days of earlier runs whose pages of single learners are still published where this run has none of them, or not of all.
    public var earlierLearnerPages: [Day] = []
    /// What the report is for, in the configuration's words.
    public var purpose = ""
    /// Numbers with noise.
    public var noise: [NoisyFigure] = []
    /// ε spent in the year of this report up to its day; nil without numbers with noise.
    public var spent: Double?
    /// What a year may spend.
    public var budget: Double?

    /// Nothing was done yet.
    public init() {}

    /// What is left of the year's budget; nil without numbers with noise.
    public var left: Double? { budget.map { max(0, Self.rounded($0 - (spent ?? 0))) } }

    /// ε to a millionth, in which it is counted: sums of decimal fractions are off by rounding beyond that.
    public static func rounded(_ epsilon: Double) -> Double { (epsilon * 1_000_000).rounded() / 1_000_000 }
}

extension ReportContext {
    private var holdsPeople: Bool {
        analyses.people != nil || analyses.held.isOfPeople || analyses.learning != nil
            || input.privacy?.holdsPeople ?? false
    }

    /// How people are kept private; nil where there are none.
    func privacyPage() -> Page? {
        guard let account = input.privacy, holdsPeople else { return nil }
        let k = privacyK
        let rows = PersonRefusal.allCases.map { reason in
            [TableCell(Self.words(reason)), count(account.rows(reason, k: k), k)]
        }
        return Page(
            path: "privacy/index.html", kind: "analysis", title: say("Privacy"),
            lead: tell(
                "Ids become pseudonyms while an export is read; no count of fewer than \(k) people is published, nor one from which such a count could be told."
            ), crumbs: [home],
            sections: [
                PageSection(
                    id: "rules", title: say("Rules"), depth: .executive, blocks: [.definitions(rules(account, k))]),
                PageSection(id: "operations", title: say("What was done"), blocks: [operations(account)]),
                analyses.held.isOfPeople
                    ? PageSection(id: "sessions", title: say("Records that name people"), blocks: [heldBack(k)]) : nil,
                PageSection(
                    id: "refusals", title: say("Rows that were not used"),
                    blocks: [
                        .table(
                            TableBlock(
                                caption: say("Rows about people that were not taken, or dropped"),
                                columns: [.init(say("Why")), .init(say("Rows"), isNumeric: true)], rows: rows))
                    ]),
                PageSection(id: "noise", title: say("Numbers with noise"), blocks: noise(account)),
            ].compactMap { $0 }, alternates: [Link(path: "privacy.json", text: "JSON")])
    }

    private func heldBack(_ k: Int) -> Block {
        let held = analyses.held
        let rows = [
            (say("Days of fewer than \(k) people"), held.days),
            (say("Groups of a day of fewer than \(k) people, or that would tell of such a group"), held.groups),
            (say("Metrics of a group of a day, for the same reasons"), held.cells),
        ]
        return .table(
            TableBlock(
                caption: say("What figures of days leave out"),
                columns: [.init(say("What")), .init(say("How many"), isNumeric: true)],
                rows: rows.map { [TableCell($0.0), TableCell(NumberWords.count($0.1), sortKey: Double($0.1))] }))
    }

    private func count(_ n: Int?, _ k: Int) -> TableCell {
        n.map {
            TableCell($0 == 0 ? NumberWords.count(0) : say("\(NumberWords.count($0)) or more"), sortKey: Double($0))
        }
            ?? TableCell(say("of fewer than \(k) people"), sortKey: 0)
    }

    private static func words(_ reason: PersonRefusal) -> String {
        switch reason {
        case .withoutConsent: say("The person does not agree")
        case .pastRetention: say("Older than rows are kept")
        case .forgotten: say("The person asked to be forgotten")
        }
    }

    private func rules(_ account: PrivacyAccount, _ k: Int) -> [Definition] {
        [
            Definition(
                say("Purpose"),
                text: Prose(account.purpose.isEmpty ? say("not stated in the configuration") : account.purpose)),
            Definition(
                say("Agreement"),
                text: Prose(
                    account.needsConsent
                        ? say("people count only if they have said that they agree")
                        : say("people count unless they have said that they do not agree"))),
            Definition(
                say("Retention"),
                text: Prose(
                    account.retentionDays.map { say("rows about people are kept for \(NumberWords.count($0)) days") }
                        ?? say("rows about people are kept without limit"))),
            Definition(say("Smallest count"), text: Prose("\(k)")),
            analyses.learning.map { learning in
                Definition(
                    say("Learners"),
                    text: learning.heldTo != nil
                        ? tell("tables of all learners leave out what fewer than \(k) learners stand behind")
                        : learning.leavesOthersOut
                            ? tell(
                                "all figures are of learners with pages, because fewer than \(k) others never had any")
                            : tell(
                                "each learner has pages, so tables of all learners are not held to the smallest count"))
            },
            earlierPages(account),
            Definition(
                say("Between nights"),
                text: tell(
                    "a table stands as it was published while some count of it has changed by fewer than \(k) people")),
            Definition(
                say("Pseudonyms"),
                text: Prose(
                    account.showsLearnerIds
                        ? say("learners stand under the ids of the export, because show_ids asks for it")
                        : analyses.learning == nil
                            ? say(
                                "HMAC-SHA-256 under a secret key, in the archive only; no page, file or message has them"
                            )
                            : say(
                                "HMAC-SHA-256 under a secret key; the pages and tables of learners are named by them, no others"
                            )
                )),
        ].compactMap { $0 }
    }

    private func earlierPages(_ account: PrivacyAccount) -> Definition? {
        guard let first = account.earlierLearnerPages.first, let last = account.earlierLearnerPages.last else {
            return nil
        }
        return Definition(
            say("Earlier pages of learners"),
            text: tell(
                "Pages of single learners still stand in \(NumberWords.count(account.earlierLearnerPages.count, "earlier run", "earlier runs")), \(Wording.period(Period(days: first.distance(to: last) + 1, through: last))). They go when a day is built again with --learners none, or with the run."
            ))
    }

    private func noise(_ account: PrivacyAccount) -> [Block] {
        guard !account.noise.isEmpty else { return [.notice(tell("No number was asked for with noise."))] }
        let rows = account.noise.map { figure in
            [
                TableCell(say(word: figure.query.kind.rawValue)), TableCell(figure.day.iso),
                figure.value.value.map { TableCell(NumberWords.count($0), sortKey: Double($0)) }
                    ?? TableCell(nil, reason: figure.value.absence.map { Wording.absence($0) }),
                TableCell("± \(NumberWords.count(Int(figure.reach.rounded(.up))))"),
                TableCell(NumberWords.exactly(figure.query.epsilon)),
                TableCell(NumberWords.count(figure.query.sensitivity)),
                TableCell(say(word: figure.query.mechanism.rawValue)),
            ]
        }
        let spent = NumberWords.exactly(account.spent ?? 0)
        let undrawable = account.noise.filter { !$0.query.isDrawable }.map { figure in
            Block.notice(
                tell(
                    "“\(say(word: figure.query.kind.rawValue))”: Gaussian noise for this ε would have σ² = \(NumberWords.count(figure.variance)), and it is drawn exactly up to \(NumberWords.count(NoiseQuery.largestVariance)). With ε of \(NumberWords.exactly(figure.query.leastDrawableEpsilon)) or more it can be."
                ))
        }
        return undrawable + [
            .table(
                TableBlock(
                    caption: say("Numbers with noise; 95 % of the noise lies within the reach"),
                    columns: [
                        .init(say("Number")), .init(say("Day")), .init(say("Value"), isNumeric: true),
                        .init(say("Reach")),
                        .init("ε", isNumeric: true), .init(say("Sensitivity"), isNumeric: true), .init(say("Noise")),
                    ], rows: rows)),
            .prose(
                tell(
                    "ε of this year up to this day: \(spent) of \(NumberWords.exactly(account.budget ?? 0)) spent. By sequential composition the ε of all nights and numbers add up for whoever is in all of them; a number that was drawn is repeated, never drawn again. Neighbours are data with and without one person; each person's part is cut at the sensitivity before anything is added up."
                )),
        ]
    }

    /// `privacy.json`.
    var privacyDocument: JSONValue? {
        guard let account = input.privacy, holdsPeople else { return nil }
        let k = privacyK
        return .object([
            "as_of": .string(analyses.asOf.iso), "k": .int(k), "purpose": .string(account.purpose),
            "consent": .string(account.needsConsent ? "opt_in" : "opt_out"),
            "retention_days": account.retentionDays.map { .int($0) } ?? .null,
            "refused_rows": .object(
                Dictionary(
                    PersonRefusal.allCases.map { reason in
                        (reason.rawValue, account.rows(reason, k: k).map { JSONValue.int($0) } ?? .null)
                    }
                ) { first, _ in first }),
            "cohorts": .array((analyses.people?.cohorts.map(\.name) ?? []).map { .string($0) }),
            "held_back": .object([
                "days": .int(analyses.held.days), "groups": .int(analyses.held.groups),
                "cells": .int(analyses.held.cells),
            ]),
            "epsilon_spent": .number(account.spent), "epsilon_budget": .number(account.budget),
            "epsilon_left": .number(account.left),
            "earlier_learner_pages": .array(account.earlierLearnerPages.map { .string($0.iso) }),
            "composition": .string("sequential"),
            "noise": .array(
                account.noise.map { figure in
                    .object([
                        "query": .string(figure.query.kind.rawValue), "day": .string(figure.day.iso),
                        "value": figure.value.value.map { .int($0) } ?? .null, "epsilon": .number(figure.query.epsilon),
                        "delta": .number(figure.query.delta), "sensitivity": .int(figure.query.sensitivity),
                        "mechanism": .string(figure.query.mechanism.rawValue),
                        "reason": .text(figure.value.absence?.reason),
                    ])
                }),
            "operations": operationsDocument(account),
        ])
    }
}
