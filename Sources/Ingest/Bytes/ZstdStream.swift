import CZstd
import Diagnostics

/// Unpacks zstd (RFC 8878), frame after frame.
@safe final class ZstdStream: ByteStage {
    private let file: String
    private let input: any ByteStage
    private let stream: OpaquePointer
    private var packed: [UInt8]
    private var start = 0
    private var end = 0
    private var isInsideFrame = false
    private var mayHoldMore = false

    init(_ input: any ByteStage, file: String, chunk: Int) throws(IngestError) {
        self.file = file
        self.input = input
        packed = Array(repeating: 0, count: chunk)
        guard let made = unsafe ZSTD_createDStream() else {
            throw IngestError(.unreadable, "no memory to unpack zstd", file: file)
        }
        unsafe stream = made
    }

    deinit {
        unsafe ZSTD_freeDStream(stream)
    }

    func read(into buffer: inout [UInt8], at offset: Int, limit: Int) throws(IngestError) -> Int {
        while true {
            if start == end, !mayHoldMore {
                start = 0
                end = try input.read(into: &packed, at: 0, limit: packed.count)
                if end == 0 {
                    guard !isInsideFrame else { throw failure(Remark("the zstd data ends early")) }
                    return 0
                }
            }
            let made = try unpackOnce(&buffer, offset, limit)
            if made > 0 { return made }
        }
    }

    private func unpackOnce(_ buffer: inout [UInt8], _ offset: Int, _ limit: Int) throws(IngestError) -> Int {
        let (status, taken, made) = unsafe packed.withUnsafeBufferPointer { source in
            unsafe buffer.withUnsafeMutableBufferPointer { target in
                var from = unsafe ZSTD_inBuffer(src: source.baseAddress, size: end, pos: start)
                var into = unsafe ZSTD_outBuffer(dst: target.baseAddress, size: offset + limit, pos: offset)
                let status = unsafe ZSTD_decompressStream(stream, &into, &from)
                return unsafe (status, from.pos, into.pos)
            }
        }
        guard ZSTD_isError(status) == 0 else { throw failure(Remark("the zstd data is damaged")) }
        start = taken
        isInsideFrame = status != 0
        mayHoldMore = isInsideFrame && made == offset + limit
        return made - offset
    }

    private func failure(_ remark: Remark) -> IngestError {
        IngestError(
            .corrupt, remark, file: file, fix: "Fetch the file again; what came before was read.")
    }
}
