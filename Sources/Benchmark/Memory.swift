import Glibc

/// The memory of this process.
enum Memory {
    /// The largest resident size so far, in megabytes.
    static var peakMegabytes: Int {
        var usage = rusage()
        guard unsafe getrusage(RUSAGE_SELF, &usage) == 0 else { return -1 }
        return Int(usage.ru_maxrss) / 1024
    }
}
