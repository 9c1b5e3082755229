import Glibc

/// The memory of this process.
enum Memory {
    /// The largest resident size so far, in megabytes.
    static var peakMegabytes: Int {
        var usage = rusage()
        // 0 is RUSAGE_SELF, which Swift imports with another type.
        guard unsafe getrusage(0, &usage) == 0 else { return -1 }
        return Int(usage.ru_maxrss) / 1024
    }
}
