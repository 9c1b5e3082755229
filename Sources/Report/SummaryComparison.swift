import Analysis
import Model

extension SummaryParts {
    static func comparison(_ result: ComparisonResult) -> JSONValue {
        .object([
            "groups": .array(
                result.groups.map { group in
                    .object([
                        "name": .string(group.value), "n": .int(group.n), "missing": .int(group.missing),
                        "mean": .number(group.mean), "interval": interval(group.interval),
                        "reason": group.interval == nil ? .string(Absence.constant.reason) : .null,
                        "sd": .number(group.sd),
                        "median": .number(group.median.value?.value),
                    ])
                }),
            "too_small": .array(
                result.tooSmall.map {
                    .object(["name": .string(AnswerWords.name($0.group)), "n": .int($0.n), "needed": .int($0.needed)])
                }),
            "omnibus": answer(result.omnibus) { figures in
                .object([
                    "welch_anova": answer(figures.welch, test), "anova": answer(figures.anova, test),
                    "kruskal_wallis": answer(figures.kruskalWallis, test),
                    "brown_forsythe": answer(figures.brownForsythe, test),
                    "chi_squared": answer(figures.chiSquared, test),
                    "eta_squared": .number(figures.etaSquared.value),
                    "epsilon_squared": .number(figures.epsilonSquared.value),
                ])
            },
            "pairs": .array(result.pairs.map(pair)), "entangled": .array(result.entangled.map(entanglement)),
            "ranking": .array(
                result.ranking.map {
                    .object([
                        "name": .string($0.value), "rank": .int($0.rank), "mean": .number($0.mean),
                        "ties": .array($0.tieGroups.map { .int($0) }),
                    ])
                }),
            "movement": answer(result.movement) { moves in
                .array(
                    moves.map {
                        .object([
                            "name": .string($0.value), "rank": .int($0.rank), "before": .int($0.before),
                            "means": .array($0.means.map { .number($0) }), "beyond_ties": .bool($0.isBeyondTies),
                        ])
                    })
            },
            "drivers": answer(result.drivers, drivers),
        ])
    }

    static func pair(_ pair: PairFigures) -> JSONValue {
        .object([
            "a": .string(pair.a), "b": .string(pair.b), "n_a": .int(pair.countA), "n_b": .int(pair.countB),
            "difference": .number(pair.difference), "interval": interval(pair.reach),
            "reason": pair.reach == nil ? .string(Absence.constant.reason) : .null,
            "counted": answer(pair.counted, test), "shares": pair.shares.map(shares) ?? .null,
            "welch_t": answer(pair.welch, test), "cohen_d": .number(pair.cohenD.value),
            "kolmogorov_smirnov": answer(pair.kolmogorovSmirnov, test),
            "mix_adjusted": .array(pair.adjustments.map(adjustment)),
            "contradicted_by": .array(pair.contradictions.map { .string($0.dimension) }),
            "mann_whitney": answer(pair.mannWhitney, test), "hedges_g": .number(pair.hedgesG.value?.value),
            "g": .number(pair.hedgesG.value?.value), "hedges_g_interval": interval(pair.hedgesG.value?.interval),
            "cliffs_delta": .number(pair.cliffsDelta.value), "p_holm": .number(pair.pHolm), "p_bh": .number(pair.pBH),
            "p_adjusted": .number(pair.pHolm),
        ])
    }

    static func shares(_ found: SharePair) -> JSONValue {
        .object([
            "interval": interval(found.interval), "cohen_h": .number(found.cohensH), "fisher_exact": test(found.fisher),
            "two_proportion_z": answer(found.twoProportion, test), "chi_squared": answer(found.chiSquared, test),
        ])
    }

    private static func entanglement(_ found: Entanglement) -> JSONValue {
        .object([
            "dimension": .string(found.dimension), "cramers_v": .number(found.cramersV), "n": .int(found.n),
            "exactness": exactness(found.exactness),
        ])
    }

    private static func adjustment(_ found: MixAdjusted) -> JSONValue {
        .object([
            "dimension": .string(found.dimension), "difference": .number(found.difference),
            "interval": interval(found.interval), "strata": .int(found.strata), "coverage": .number(found.coverage),
            "exactness": exactness(found.exactness),
        ])
    }

    private static func drivers(_ found: ChangeDrivers) -> JSONValue {
        .object([
            "current": period(found.current), "baseline": period(found.baseline), "change": .number(found.change),
            "within": .number(found.within), "mix": .number(found.mix),
            "groups": .array(
                found.parts.map {
                    .object([
                        "name": .text($0.value), "n": .array($0.counts.map { .int($0) }),
                        "within": .number($0.within), "mix": .number($0.mix),
                    ])
                }),
        ])
    }

    static func paired(_ pair: PairedFigures) -> JSONValue {
        .object([
            "a": .string(pair.a), "b": .string(pair.b), "n": .int(pair.n), "out_of": .int(pair.outOf),
            "difference": .number(pair.difference), "interval": interval(pair.interval),
            "paired_t": answer(pair.test, test),
            "reason": pair.interval == nil ? .string(Absence.constant.reason) : .null,
            "counted": answer(pair.counted, test), "wilcoxon": answer(pair.wilcoxon, test),
            "cohen_dz": .number(pair.standardised),
            "p_holm": .number(pair.pHolm), "p_bh": .number(pair.pBH),
        ])
    }

    static func components(_ found: ComponentComparison) -> JSONValue {
        .object([
            "exactness": exactness(found.exactness), "metrics": .array(found.metrics.map { .string($0) }),
            "pairs": .array(found.pairs.map(paired)),
        ])
    }

    static func benchmark(_ found: BenchmarkResult) -> JSONValue {
        .object([
            "metric": .string(found.benchmark.metric), "name": .string(found.benchmark.name),
            "value": .number(found.benchmark.value), "source": .string(found.benchmark.source), "n": .int(found.n),
            "gap": answer(found.gap) { .number($0) }, "interval": interval(found.interval),
            "share_above": answer(found.share) { .number($0.value) },
            "share_meeting": answer(found.meeting) { .number($0.value) },
            "share_interval": interval(found.share.value?.interval), "potential": .number(found.potential),
            "share_exactness": found.share.value.map { exactness($0.exactness) } ?? .null,
        ])
    }
}
