import Partials

import struct Foundation.Data

/// Which keys a page of a run cannot hold, so that most pages need not be read for keys that are new.
///
/// A Bloom filter (DOI 10.1145/362686.362692) of sixteen bits an entry with eight of them set: a key that is not there
/// passes with a chance of 0.06 %, because every new key asks every run. The filters of a run stand one after the other,
/// all of one length.
struct KeyFilter {
    private static let pageBits: UInt64 = UInt64(KeyPage.capacity) * 16
    private static let pageBytes = Int(pageBits / 8)
    private static let probes: UInt64 = 8

    /// The filters of all pages.
    private(set) var bytes: [UInt8]

    /// No page yet.
    init() { bytes = [] }

    /// Takes stored filters in the place of its own; false if they are not those of so many pages.
    mutating func replace(by stored: Data?, pages: Int) -> Bool {
        guard let stored, stored.count == pages * Self.pageBytes else { return false }
        bytes.removeAll(keepingCapacity: true)
        bytes.append(contentsOf: stored)
        return true
    }

    /// Adds the next page.
    mutating func append(_ entries: ArraySlice<KeyEntry>) {
        let start = bytes.count
        bytes += Array(repeating: 0, count: Self.pageBytes)
        for entry in entries {
            var probe = Probe(entry.hash)
            for _ in 0..<Self.probes {
                let bit = probe.next()
                bytes[start + bit >> 3] |= 1 << UInt8(bit & 7)
            }
        }
    }

    /// Whether a page may hold a key; false is certain.
    func mayHold(_ hash: UInt64, page: Int) -> Bool {
        var probe = Probe(hash)
        for _ in 0..<Self.probes {
            let bit = probe.next()
            if bytes[page * Self.pageBytes + bit >> 3] & 1 << UInt8(bit & 7) == 0 { return false }
        }
        return true
    }

    /// The bits of a key, by double hashing. Keys of one page share their upper bits, so all bits are mixed first.
    private struct Probe {
        private var place: UInt64
        private let step: UInt64

        init(_ hash: UInt64) {
            let mixed = (hash ^ hash >> 32) &* 0x9E37_79B9_7F4A_7C15
            let bits = mixed ^ mixed >> 29
            place = bits & 0xFFFF_FFFF
            step = bits >> 32 | 1
        }

        mutating func next() -> Int {
            defer { place = (place + step) & 0xFFFF_FFFF }
            return Int((place * KeyFilter.pageBits) >> 32)
        }
    }
}
