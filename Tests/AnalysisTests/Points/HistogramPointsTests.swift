import Analysis
import Model
import Testing

/// Percentiles of buckets; the expected figures are those of Prometheus' `histogram_quantile` worked by hand.
@Suite struct HistogramPointsTests {
    private static let day = Day(number: 20_776)

    private func scrape(_ minute: Int64, _ counts: [String: Double], _ context: String = "endpoint=/chat, ")
        -> [MetricPoint]
    {
        counts.map { limit, count in
            MetricPoint(
                name: "http_seconds_bucket", context: "\(context)le=\(limit)", kind: .counter, day: Self.day,
                time: minute * 60_000_000, value: count)
        }
    }

    private func values(_ points: [MetricPoint]) -> [String: [Double]] {
        Dictionary(grouping: HistogramPoints.resolved(points), by: \.name).mapValues { $0.map(\.value) }
    }

    /// Of 98 values 10, 50, 90 and 98 lie up to 0.1, 0.25, 0.5 and 1 s.
    @Test func percentilesOfWhatCameBetweenTwoScrapes() {
        let first = scrape(0, ["0.1": 10, "0.25": 40, "0.5": 80, "1": 98, "+Inf": 100])
        let second = scrape(10, ["0.1": 20, "0.25": 90, "0.5": 170, "1": 196, "+Inf": 198])
        let found = values(first + second)
        // 0.1 + 0.15 × (49 − 10) ÷ 40 and 0.5 + 0.5 × (93.1 − 90) ÷ 8.
        #expect(abs((found["http_seconds_p50"]?[0] ?? 0) - 0.24625) < 1e-12)
        #expect(abs((found["http_seconds_p95"]?[0] ?? 0) - 0.69375) < 1e-12)
        #expect(found["http_seconds_p95_at_least"] == [0.5] && found["http_seconds_p95_at_most"] == [1])
        let point = HistogramPoints.resolved(first + second).first
        #expect(point?.context == "endpoint=/chat" && point?.unit == "s" && point?.kind == .gauge)
    }

    /// Beyond the last limit nothing is known from above.
    @Test func theBucketWithoutALimitGivesNoUpperBound() {
        let found = values(scrape(0, ["1": 0, "+Inf": 0]) + scrape(10, ["1": 5, "+Inf": 10]))
        #expect(found["http_seconds_p95"] == [1] && found["http_seconds_p95_at_least"] == [1])
        #expect(found["http_seconds_p95_at_most"] == nil)
    }

    @Test func aCounterThatFallsHasBegunAnewAndAQuietStretchSaysNothing() {
        let found = values(
            scrape(0, ["1": 90, "+Inf": 100]) + scrape(10, ["1": 90, "+Inf": 100]) + scrape(20, ["1": 4, "+Inf": 4]))
        #expect(found["http_seconds_p50"] == [0.5])
    }

    @Test func otherPointsAndOtherLabelsStay() {
        let other = MetricPoint(name: "a_bucket", kind: .gauge, day: Self.day, time: 0, value: 1)
        #expect(HistogramPoints.resolved([other]) == [other])
        let both =
            scrape(0, ["+Inf": 1], "host=a, ") + scrape(10, ["+Inf": 2], "host=a, ")
            + scrape(10, ["+Inf": 9], "host=b, ")
        #expect(Set(HistogramPoints.resolved(both).map(\.context)) == ["host=a"])
        let named = HistogramPoints.series([("x_bucket", "le=1"), ("x_bucket", "le=+Inf"), ("up", "")])
        #expect(named.map(\.name) == ["x_p50", "x_p95", "x_p99", "x_p95_at_least", "x_p95_at_most", "up"])
    }
}
