import Statistics

extension ReportAnalyses {
    /// Every test on which a claim may rest, in a fixed order, open for change: the one list of what the report
    /// corrects for.
    mutating func visitClaims(_ visit: (Finding.Kind, inout TestFigures) -> Void) {
        for index in trends.indices {
            trends[index].line.update { visit(.trend, &$0.claim) }
            trends[index].sincePrevious.update { visit(.recentChange, &$0.test) }
            trends[index].sinceSameWeekday.update { visit(.nightChange, &$0.test) }
            Self.visitShift(&trends[index].lastingShift, visit)
            if trends[index].subject.group == .all {
                trends[index].behaviour.season.update { visit(.season, &$0.test) }
            }
        }
        volumeBehaviour?.newest.update { visit(.volume, &$0.test) }
        if var shift = volumeBehaviour?.lastingShift {
            Self.visitShift(&shift, visit)
            volumeBehaviour?.lastingShift = shift
        }
        for index in hours.indices { hours[index].update { visit(.hours, &$0.test) } }
        for index in comparisons.indices {
            for pair in comparisons[index].pairs.indices {
                comparisons[index].pairs[pair].updateCounted { visit(.groupDifference, &$0) }
            }
        }
        correlation.update { table in
            for pair in table.pairs.indices where !table.pairs[pair].isByDefinition {
                table.pairs[pair].spearman.update { visit(.correlation, &$0.test) }
            }
        }
        for index in (points?.series ?? []).indices {
            points?.series[index].trend.line.update { visit(.trend, &$0.claim) }
        }
        for index in improvements.indices {
            improvements[index].updateCreditedTest { visit(.intervention, &$0) }
        }
    }

    /// A lasting step; one that was found not to last is a test that found nothing.
    private static func visitShift(
        _ shift: inout Answer<LastingShift>, _ visit: (Finding.Kind, inout TestFigures) -> Void
    ) {
        shift.update { visit(.levelShift, &$0.change.test) }
        guard shift.absence == LastingShift.notKept else { return }
        var none = TestFigures(method: .lastingShift, statistic: 0, p: 1)
        none.pAdjusted = 1
        visit(.levelShift, &none)
    }
}
