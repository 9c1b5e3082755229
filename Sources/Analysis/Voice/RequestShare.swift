import Model
import Partials
import Statistics

/// How much the hits of caches vary from session to session: what an interval of hits ÷ requests rests on.
///
/// Requests of a session are alike (its cache is warm or cold for all of them), so that n requests tell less than n sessions
/// would. With h hits and m requests of each of N sessions and r = Σh ÷ Σm the variance of r is N ÷ (N − 1) · Σ(h − r m)² ÷ (Σm)²,
/// and the design effect is that ÷ (r (1 − r) ÷ Σm), at least 1. Wilson's interval is made of requests ÷ design effect.
/// Source: W. G. Cochran, Sampling Techniques, 3rd ed. 1977, section 6.3 (ratio) and 9.2; N. Dean, M. Pagano, J. Surv. Stat.
/// Methodol. 3 (2015) 484–503, doi:10.1093/jssam/smv024.
struct RequestShare {
    /// Hits and requests of each session that has both.
    private let sessions: [(hits: Double, requests: Double)]

    /// The sessions of a sample; of several caches hits and requests are added up.
    init(_ caches: [VoiceRoles.Cache], of sample: RecordSample, in catalogue: Catalogue) {
        let place = { (name: String) in catalogue.metrics.firstIndex { $0.name == name } }
        let columns = caches.compactMap { cache in
            place(cache.hits).flatMap { hits in
                place(cache.misses).map { (sample.values(metric: hits), sample.values(metric: $0)) }
            }
        }
        sessions = (0..<sample.count).compactMap { row in
            var (hits, requests) = (0.0, 0.0)
            for (hit, miss) in columns where hit[row].isFinite && miss[row].isFinite {
                hits += hit[row]
                requests += hit[row] + miss[row]
            }
            return requests > 0 ? (hits, requests) : nil
        }
    }

    /// How many requests count as one; 1 where the sessions tell nothing.
    var designEffect: Double {
        let requests = sessions.reduce(0) { $0 + $1.requests }
        let share = sessions.reduce(0) { $0 + $1.hits } / requests
        guard sessions.count > 1, share > 0, share < 1 else { return 1 }
        let squares = sessions.reduce(0) { sum, session in
            let away = session.hits - share * session.requests
            return sum + away * away
        }
        let n = Double(sessions.count)
        return max(1, n / (n - 1) * squares / requests / (share * (1 - share)))
    }

    /// All hits among all requests, with the interval of as many independent requests as they are worth.
    func interval(hits: Int, of requests: Int, level: Double) -> Answer<SuccessShare> {
        computed { () throws(Undefined) in
            let effect = designEffect
            let interval = try WilsonInterval.weighted(
                Double(hits) / effect, of: Double(requests) / effect, level: level)
            return SuccessShare(
                successes: hits, n: requests, share: Double(hits) / Double(requests), interval: interval)
        }
    }
}
