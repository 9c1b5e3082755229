extension [UInt8] {
    /// Where some bytes begin for the first time at or after a place; nil if they do not occur. Linear in practice.
    func firstPlace(of sought: [UInt8], from start: Int = 0) -> Int? {
        guard start >= 0, let first = sought.first else { return nil }
        let end = count - sought.count
        var place = start
        while place <= end {
            if self[place] == first, self[place..<place + sought.count].elementsEqual(sought) { return place }
            place += 1
        }
        return nil
    }
}
