import CZlib

/// Unpacks gzip (RFC 1952), member after member. Zero bytes behind the last member are padding and ignored.
@safe final class GzipStream: ByteStage {
    private let file: String
    private let input: any ByteStage
    private let stream: UnsafeMutablePointer<z_stream>
    private var packed: [UInt8]
    private var start = 0
    private var end = 0
    private var isInsideMember = true

    init(_ input: any ByteStage, file: String, chunk: Int) throws(IngestError) {
        self.file = file
        self.input = input
        packed = Array(repeating: 0, count: chunk)
        unsafe stream = .allocate(capacity: 1)
        unsafe stream.initialize(to: z_stream())
        guard unsafe assay_inflate_init(stream, 15 + 16) == Z_OK else {
            throw IngestError(.unreadable, "no memory to unpack gzip", file: file)
        }
    }

    deinit {
        unsafe inflateEnd(stream)
        unsafe stream.deinitialize(count: 1)
        unsafe stream.deallocate()
    }

    func read(into buffer: inout [UInt8], at offset: Int, limit: Int) throws(IngestError) -> Int {
        while true {
            if start == end {
                start = 0
                end = try input.read(into: &packed, at: 0, limit: packed.count)
                if end == 0 {
                    guard !isInsideMember else { throw truncated }
                    return 0
                }
            }
            guard isInsideMember || beginMember() else { continue }
            let made = try inflateOnce(&buffer, offset, limit)
            if made > 0 { return made }
        }
    }

    /// Skips padding; true once another member begins.
    private func beginMember() -> Bool {
        while start < end, packed[start] == 0 { start += 1 }
        guard start < end else { return false }
        isInsideMember = true
        return unsafe inflateReset(stream) == Z_OK
    }

    private func inflateOnce(_ buffer: inout [UInt8], _ offset: Int, _ limit: Int) throws(IngestError) -> Int {
        let before = end - start
        let status = unsafe packed.withUnsafeMutableBufferPointer { source in
            unsafe buffer.withUnsafeMutableBufferPointer { target in
                unsafe stream.pointee.next_in = source.baseAddress?.advanced(by: start)
                unsafe stream.pointee.avail_in = UInt32(before)
                unsafe stream.pointee.next_out = target.baseAddress?.advanced(by: offset)
                unsafe stream.pointee.avail_out = UInt32(limit)
                return unsafe inflate(stream, Z_NO_FLUSH)
            }
        }
        start += unsafe before - Int(stream.pointee.avail_in)
        switch status {
        case Z_OK, Z_BUF_ERROR: break
        case Z_STREAM_END: isInsideMember = false
        default:
            throw IngestError(
                .corrupt, "the gzip data is damaged", file: file,
                fix: "Fetch the file again; what came before was read.")
        }
        return unsafe limit - Int(stream.pointee.avail_out)
    }

    private var truncated: IngestError {
        IngestError(
            .corrupt, "the gzip data ends early", file: file, fix: "Fetch the file again; what came before was read.")
    }
}
