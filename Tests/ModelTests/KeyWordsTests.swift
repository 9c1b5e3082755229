import Model
import Testing

/// What keys read like where nobody has declared a title.
@Suite struct KeyWordsTests {
    @Test(arguments: [
        ("stt_ms", "STT ms"), ("llm_latency", "LLM latency"), ("made_sla", "Made SLA"), ("csat", "CSAT"),
        ("latency_p95", "Latency P95"), ("cross_modal", "Cross modal"), ("data_quality", "Data quality"),
        ("overall_quality", "Overall quality"),
    ])
    func aKeyBecomesWords(key: String, title: String) {
        #expect(KeyWords.title(of: key) == title)
        #expect(Metric(name: key)?.title == title && Dimension(name: key)?.title == title)
    }

    /// What is no key was written for readers, and a declared title stands.
    @Test func wordsOfPeopleStay() {
        #expect(KeyWords.words(of: "Second reading, id_7") == "Second reading, id_7")
        #expect(KeyWords.words(of: "cross_modal") == "cross modal" && KeyWords.words(of: "") == "")
        #expect(Metric(name: "stt_ms", title: "Hearing")?.title == "Hearing")
    }
}
