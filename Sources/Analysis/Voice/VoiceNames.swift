import Model
import Partials

/// Which metrics and dimensions play which part where the configuration does not say.
extension VoiceRoles {
    /// The names by which components are told, the long headers of session exports and their short ones.
    static let usual: [(component: String, names: [String])] = [
        ("stt", ["stt_latency", "stt_latency_s", "stt_latency_ms", "stt_ms", "stt_s", "stt"]),
        ("llm", ["llm_latency", "llm_latency_s", "llm_latency_ms", "llm_ms", "llm_s", "llm"]),
        ("tts", ["tts_latency", "tts_latency_s", "tts_latency_ms", "tts_ms", "tts_s", "tts"]),
    ]
    private static let usualTotal = [
        "total_latency", "total_latency_s", "total_latency_ms", "total_ms", "response_time", "latency", "total", sum,
    ]

    /// The name under which the sum of the components stands where the export has no whole.
    static let sum = "latency_sum"

    /// The declared parts, the others told by the names of metrics and dimensions.
    ///
    /// Where the records are of several kinds every part is taken from one kind: that of the declared parts or of the first
    /// component. Two names belong to one kind if records of the sample have both; `voice_intent` is an `intent`.
    ///
    /// Cost: a pass over the sample for each candidate.
    public func completed(by catalogue: Catalogue, among sample: RecordSample? = nil) -> VoiceRoles {
        guard !isCompleted else { return self }
        var roles = self
        var told = Telling(catalogue: catalogue, sample: sample)
        if let declared = metrics.first { told.settle(on: declared) }
        if components.isEmpty {
            roles.components = Self.usual.compactMap { component, names in
                guard let metric = told.metric(names) else { return nil }
                told.settle(on: metric)
                return Component(name: component, metric: metric)
            }
        }
        roles.total = total ?? told.metric(Self.usualTotal)
        if let total = roles.total { told.settle(on: total) }
        roles.errors = errors ?? told.metric(["error_count", "errors"])
        roles.resolved = resolved ?? told.metric(["first_call_resolution", "fcr", "resolved"])
        roles.satisfaction = satisfaction ?? told.metric(["customer_satisfaction", "csat", "satisfaction"])
        roles.duration = duration ?? told.metric(["duration", "duration_s", "handle_time"])
        roles.wordErrorRate = wordErrorRate ?? told.metric(["word_error_rate", "wer"])
        roles.opinionScore = opinionScore ?? told.metric(["tts_mos_score", "mos_score", "mos", "mean_opinion_score"])
        roles.intent = intent ?? told.dimension(["intent"])
        roles.outcome = outcome ?? told.dimension(["outcome"])
        roles.errorType = errorType ?? told.dimension(["error_type", "error_kind"])
        roles.errorComponent = errorComponent ?? told.dimension(["error_component", "failed_component"])
        if caches.isEmpty { roles.caches = told.caches }
        if sample != nil {
            roles.isCompleted = true
            roles.kin = told.kin(of: roles.metrics)
        }
        return roles
    }

    /// The metric of the whole latency; that of the component where there is only one. Of several components none is the whole.
    public var latency: String? { total ?? (components.count == 1 ? components[0].metric : nil) }

    /// The sessions of a sample: what is not of another kind.
    func sessions(of sample: RecordSample, in catalogue: Catalogue) -> RecordSample {
        guard let kin, sample.count > 0 else { return sample }
        let told = Telling(catalogue: catalogue, sample: sample)
        let others = told.columns(catalogue.metrics.map(\.name).filter { !kin.contains($0) })
        let own = told.columns(kin)
        let rows = (0..<sample.count).filter { row in
            own.contains { $0[row].isFinite } || !others.contains { $0[row].isFinite }
        }
        let share = Double(rows.count) / Double(sample.count)
        return RecordSample(
            population: sample.isComplete ? rows.count : Int((share * Double(sample.population)).rounded()),
            records: sample.records.rows(rows.map { Int32($0) }), isOfPeople: sample.isOfPeople)
    }

    /// Sessions in a period: all records; of several kinds as many as have a value of the metric that most of them have.
    func count(in table: PartialTable, over period: Period) -> Int {
        guard let kin else { return table.recordCount(over: period) }
        return kin.compactMap { table.merged(metric: $0, group: .all, over: period)?.n }.max() ?? 0
    }

    /// What names are told by: the catalogue and, where the records are at hand, whether they stand together.
    private struct Telling {
        let catalogue: Catalogue
        let sample: RecordSample?
        /// Rows that have a value of what has been settled on; nil before anything has.
        private var rows: [Int]?

        init(catalogue: Catalogue, sample: RecordSample?) {
            self.catalogue = catalogue
            self.sample = sample
        }

        func columns(_ names: [String]) -> [[Double]] {
            guard let sample else { return [] }
            return names.compactMap { name in catalogue.metrics.firstIndex { $0.name == name } }.map {
                sample.values(metric: $0)
            }
        }

        /// Takes the kind of a metric as that of the sessions, unless one is settled.
        mutating func settle(on name: String) {
            guard rows == nil, let column = columns([name]).first else { return }
            let found = column.indices.filter { column[$0].isFinite }
            if !found.isEmpty { rows = found }
        }

        func metric(_ names: [String]) -> String? {
            first(names, catalogue.metrics.map(\.name)) { name in
                columns([name]).first.map { column in { column[$0].isFinite } }
            }
        }

        func dimension(_ names: [String]) -> String? {
            first(names, catalogue.dimensions.map(\.name)) { name in
                guard let sample, let place = catalogue.dimensions.firstIndex(where: { $0.name == name }) else {
                    return nil
                }
                return { sample.value(dimension: place, at: $0) != nil }
            }
        }

        /// The first name that stands in the sessions; those that another kind has taken with their table before them last.
        private func first(
            _ names: [String], _ all: [String], has: (String) -> ((Int) -> Bool)?
        ) -> String? {
            let known = names.filter(all.contains)
            guard let rows else { return known.first }
            // A proposal puts the table before a name that another kind has taken.
            let longer = known.flatMap { name in all.filter { $0.hasSuffix("_" + name) && !known.contains($0) } }
            return (known + longer).first { name in has(name).map { rows.contains(where: $0) } ?? false }
        }

        var caches: [Cache] {
            catalogue.metrics.map(\.name).filter { $0.hasSuffix("cache_hits") }.compactMap { hits in
                let stem = String(hits.dropLast("hits".count))
                guard metric([hits]) != nil, metric([stem + "misses"]) != nil else { return nil }
                let name = stem.dropLast("cache_".count).split(separator: "_").joined(separator: " ")
                return Cache(name: name.isEmpty ? "all" : name, hits: hits, misses: stem + "misses")
            }
        }

        /// The metrics that records with a value of these have; nil where no record is of another kind.
        func kin(of names: [String]) -> [String]? {
            guard let sample else { return nil }
            let (all, parts) = (columns(catalogue.metrics.map(\.name)), columns(names))
            let isPart = (0..<sample.count).map { row in parts.contains { $0[row].isFinite } }
            let isKin = all.map { column in column.indices.contains { isPart[$0] && column[$0].isFinite } }
            let (own, others) = (zip(all, isKin).filter(\.1).map(\.0), zip(all, isKin).filter { !$1 }.map(\.0))
            let hasOthers = (0..<sample.count).contains { row in
                others.contains { $0[row].isFinite } && !own.contains { $0[row].isFinite }
            }
            return hasOthers ? zip(catalogue.metrics, isKin).filter(\.1).map(\.0.name) : nil
        }
    }
}
