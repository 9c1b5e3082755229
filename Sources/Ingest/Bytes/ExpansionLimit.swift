/// Ends the reading of a packed file that becomes far larger than it is: a small file must not keep a night busy for hours.
///
/// Text packs to a tenth or a hundredth of itself; what gives more than `share` bytes for each packed one, beyond the first
/// `bytes`, was made to do so.
final class ExpansionLimit: ByteStage {
    private let input: any ByteStage
    private let raw: RawInput
    private let file: String
    private let limits: ReadLimits
    private var made = 0

    init(_ input: any ByteStage, of raw: RawInput, file: String, limits: ReadLimits) {
        self.input = input
        self.raw = raw
        self.file = file
        self.limits = limits
    }

    func read(into buffer: inout [UInt8], at offset: Int, limit: Int) throws(IngestError) -> Int {
        let got = try input.read(into: &buffer, at: offset, limit: limit)
        made += got
        guard made <= limits.unpackedBytes || made / limits.unpackedShare <= raw.count else {
            throw IngestError(
                .corrupt,
                "it unpacks to more than \(limits.unpackedShare) times its size, \(made) bytes so far", file: file,
                fix: "If it is meant to be so large, deliver it unpacked.")
        }
        return got
    }
}
