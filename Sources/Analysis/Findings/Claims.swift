import Statistics

extension ReportAnalyses {
    /// Every test on which a claim may rest, in a fixed order, open for change: the one list of what the report
    /// corrects for.
    mutating func visitClaims(_ visit: (Finding.Kind, inout TestFigures) -> Void) {
        for index in trends.indices {
            trends[index].line.update { visit(.trend, &$0.claim) }
            trends[index].sincePrevious.update { visit(.recentChange, &$0.test) }
            trends[index].sinceSameWeekday.update { visit(.nightChange, &$0.test) }
            trends[index].lastingShift.update { visit(.levelShift, &$0.change.test) }
            if trends[index].subject.group == .all {
                trends[index].behaviour.season.update { visit(.season, &$0.test) }
            }
        }
        volumeBehaviour?.newest.update { visit(.volume, &$0.test) }
        volumeBehaviour?.lastingShift.update { visit(.levelShift, &$0.change.test) }
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
}
