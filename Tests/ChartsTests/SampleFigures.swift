import Charts

/// One figure of each kind, with numbers that can be followed by hand.
enum SampleFigures {
    static let open = Axis.Scale.linear(domain: nil, includesZero: false)
    static let names = ["basic", "premium", "a third name of several words", "trial"]

    static let all: [String: Figure] = [
        "line-with-band": lineWithBand,
        "bars": bars,
        "horizontal-bars": horizontalBars,
        "histogram": histogram,
        "boxes": boxes,
        "intervals": intervals,
        "cells": cells,
        "strips": strips,
        "logarithmic": logarithmic,
        "sparkline": sparkline,
        "empty": empty,
    ]

    private static let lineWithBand: Figure = Figure(
        title: "Accuracy by day", description: "Rises from 0.70 to 0.79.", x: days,
        y: Axis(title: "Accuracy", unit: "share", scale: open),
        marks: [
            .stretch(from: 2, to: 3, tone: .muted, label: "Holidays"),
            .band(
                (0..<10).map {
                    .init(x: Double($0), low: $0 == 5 ? nil : 0.68 + Double($0) / 100, high: 0.74 + Double($0) / 100)
                }, tone: .series(1), label: "95 % interval"),
            .line(
                (0..<10).map { .init(x: Double($0), y: $0 == 5 ? nil : 0.7 + Double($0) / 100) }, tone: .series(1),
                label: "premium"),
            .line(
                (0..<10).map { .init(x: Double($0), y: 0.7 + Double($0) / 101) }, tone: .accent, dashed: true,
                label: "trend"),
            .rule(at: 6, vertical: true, tone: .accent, label: "Model 2.1"),
            .rule(at: 7, vertical: true, tone: .bad, label: "Incident"),
            .rule(at: 0.75, vertical: false, tone: .good, label: "Target"),
            .dots([.init(x: 4, y: 0.69, text: "5 Jan: 0.69")], tone: .bad),
        ])

    private static let strips: Figure = Figure(
        title: "Status by night", description: "The back end is critical on one night.", size: .rows(2), x: days,
        y: Axis(title: "", scale: .names(["Front", "Back"])),
        marks: [
            .strips([
                .init(slot: 0, from: 0, to: 4, tone: .good, height: 0.16),
                .init(slot: 0, from: 5, to: 7, tone: .good, height: 0.16),
                .init(slot: 0, from: 4, to: 5, tone: nil, height: 0.5),
                .init(slot: 1, from: 2, to: 3, tone: .bad, text: "Back: critical"),
                .init(slot: 1, from: 3, to: .nan, tone: .bad),
            ])
        ])

    private static let bars: Figure = Figure(
        title: "Response time", description: "Basic is slowest.", x: Axis(title: "Tier", scale: .names(names)),
        y: Axis(title: "Time", unit: "s", scale: open),
        marks: [
            .bars(
                [
                    .init(slot: 0, value: 2, low: 1.5, high: 2.5, text: "basic 2 s"),
                    .init(slot: 1, value: 1, tone: .accent), .init(slot: 2, value: -0.5), .init(slot: 3, value: nil),
                ], tone: .series(1)),
            .bars([.init(slot: 0, value: 1.5), .init(slot: 3, value: 1)], tone: .series(2)),
        ])

    private static let horizontalBars: Figure = Figure(
        title: "Scores", description: "d", size: .rows(4), x: Axis(title: "Mean score", scale: open),
        y: Axis(title: "", scale: .names(names)),
        marks: [
            .bars(
                (0..<4).map {
                    .init(slot: Double($0), value: Double($0) / 4, low: Double($0) / 5, high: Double($0) / 3)
                }, tone: .series(3))
        ])

    private static let histogram: Figure = Figure(
        title: "Latency", description: "d", x: Axis(title: "Latency", unit: "ms", scale: open),
        y: Axis(title: "Sessions", scale: .linear(domain: nil, includesZero: true)),
        marks: [
            .bins(
                (0..<5).map {
                    .init(from: Double($0) * 100, to: Double($0 + 1) * 100, height: Double([3, 12_000, 7, 0, 1][$0]))
                }, tone: .series(1)), .rule(at: 150, vertical: true, tone: .accent, label: "mean"),
        ])

    private static let boxes: Figure = Figure(
        title: "Duration", description: "d", size: .small, x: Axis(title: "", scale: .names(["Mon", "Tue"])),
        y: Axis(title: "Duration", unit: "s", scale: open),
        marks: [
            .boxes(
                [
                    .init(slot: 0, low: 1, q1: 2, median: 3, q3: 5, high: 8, mean: 3.5, outliers: [12]),
                    .init(slot: 1, low: 2, q1: 3, median: 4, q3: 6, high: 7),
                ], tone: .series(1))
        ])

    private static let intervals: Figure = Figure(
        title: "Effects", description: "d", size: .rows(3), x: Axis(title: "Hedges' g", scale: open),
        y: Axis(title: "", scale: .names(["a", "b", "c"])),
        marks: [
            .rule(at: 0.2, vertical: true, tone: .muted, label: "small"),
            .intervals(
                [
                    .init(slot: 0, value: -0.1, low: -0.3, high: 0.1),
                    .init(slot: 1, value: 0.4, low: 0.1, high: 0.7, tone: .good, text: "0.4"),
                    .init(slot: 2, value: nil),
                ], tone: .muted),
        ])

    private static let cells: Figure = Figure(
        title: "Correlations", description: "d", size: .rows(2), x: Axis(title: "", scale: .names(["x", "y", "z"])),
        y: Axis(title: "", scale: .names(["x", "y"])),
        marks: [
            .cells([
                .init(column: 0, row: 0, tone: .diverging(1), text: "1.00"),
                .init(column: 1, row: 0, tone: .diverging(-0.2), text: "−0.20"),
                .init(column: 2, row: 0, tone: nil, text: "n < 30"), .init(column: 0, row: 1, tone: .sequential(.nan)),
                .init(column: 9, row: 9, tone: .good),
            ])
        ])

    private static let logarithmic: Figure = Figure(
        title: "Latency", description: "d", x: Axis(title: "Turns", scale: open),
        y: Axis(title: "Latency", unit: "ms", scale: .logarithmic(domain: nil)),
        marks: [
            .dots(
                (1..<8).map { .init(x: Double($0), y: Double($0 * $0 * $0 * $0)) }, tone: .series(4), label: "sessions")
        ])

    private static let sparkline: Figure = Figure(
        title: "Score", description: "d", size: .sparkline, x: Axis(title: "", scale: .hidden),
        y: Axis(title: "", scale: .hidden),
        marks: [.line([1, 3, 2, nil, 5, 4].enumerated().map { .init(x: Double($0), y: $1) }, tone: .series(1))])

    private static let empty: Figure = Figure(
        title: "Score", description: "d", x: days, y: Axis(title: "Score", scale: open), marks: [])

    private static let days = Axis(
        title: "",
        scale: .labelled(domain: 0...9, ticks: (0..<10).map { .init(position: Double($0), label: "\($0 + 1) Jan") }))

    /// Figures whose values are all multiplied by one number.
    static func scaled(by size: Double) -> [String: Figure] {
        let values = [1, 3, 2, -1, 5, 4].map { $0 * size }
        let points = values.enumerated().map { Mark.Point(x: Double($0) * size, y: $1) }
        let rows = values.enumerated().map {
            Mark.Estimate(slot: Double($0), value: $1, low: $1 - size, high: $1 + size)
        }
        let spans = points.map { Mark.Span(x: $0.x, low: $0.y, high: ($0.y ?? 0) + size) }
        let slots = Axis(title: "x", scale: .names(values.map { "\($0)" }))
        let numbers = Axis(title: "n", unit: "u", scale: open)
        return [
            "lines": Figure(
                title: "t", description: "d", x: numbers, y: numbers,
                marks: [.line(points, tone: .series(1)), .band(spans, tone: .series(1))]),
            "bars": Figure(title: "t", description: "d", x: slots, y: numbers, marks: [.bars(rows, tone: .series(1))]),
            "rows": Figure(
                title: "t", description: "d", size: .rows(6), x: numbers, y: slots,
                marks: [.intervals(rows, tone: .series(1))]),
            "logarithmic": Figure(
                title: "t", description: "d", x: numbers, y: Axis(title: "", scale: .logarithmic(domain: nil)),
                marks: [.line(points, tone: .series(1))]),
        ]
    }
}
