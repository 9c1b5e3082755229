extension TrendDirection {
    /// The verdict on a trend whose `claim` carries its adjusted p.
    init(of trend: TrendResult, settings: AnalysisSettings) {
        guard trend.days >= settings.minimumPeriods, trend.n >= settings.minimumGroup else {
            self = .insufficient
            return
        }
        switch trend.line {
        case .failure(.constant): self = .flat
        case .failure: self = .inconclusive
        case .success(let line): self = TrendDirection(of: line, smallest: trend.smallestChange.value, settings)
        }
    }

    /// The verdict on a series of points whose claim carries its adjusted p.
    init(of trend: PointTrend, settings: AnalysisSettings) {
        switch trend.line {
        case .failure(.constant): self = .flat
        case .failure: self = .insufficient
        case .success(let line): self = TrendDirection(of: line, smallest: nil, settings)
        }
    }

    private init(of line: TrendLine, smallest: Double?, _ settings: AnalysisSettings) {
        let isClaimed = (line.claim.pAdjusted ?? 1) < settings.alpha && !line.interval.contains(0)
        if isClaimed {
            self = line.slope > 0 ? .rising : .falling
        } else if let smallest, -smallest < line.totalChangeInterval.low, line.totalChangeInterval.high < smallest {
            self = .flat
        } else {
            self = .inconclusive
        }
    }
}
