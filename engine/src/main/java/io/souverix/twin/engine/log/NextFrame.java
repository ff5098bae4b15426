package io.souverix.twin.engine.log;

import java.security.MessageDigest;
import java.util.List;
import java.util.zip.CRC32C;

/// The frame that an append makes, ready to be written.
///
/// @param header its header
/// @param headerBytes the header as it stands in the file; the batches' bytes follow it
/// @param tail the end of the log behind this frame
record NextFrame(FrameHeader header, byte[] headerBytes, Tail tail) {
    /// The frame of these batches behind `before`.
    static NextFrame after(
            Tail before, List<RecordBatch> batches, AppendCheck.Sum sum, long recordedAtMicros) {
        FrameHeader header =
                new FrameHeader(
                        sum.length(),
                        sum.count(),
                        payloadCrc(batches),
                        before.end(),
                        recordedAtMicros,
                        before.records(),
                        before.hash());
        byte[] bytes = header.encode();
        MessageDigest sha256 = Checksums.sha256();
        sha256.update(bytes);
        for (RecordBatch batch : batches) {
            sha256.update(batch.bytes(), 0, batch.length());
        }
        return new NextFrame(header, bytes, before.after(header, sha256.digest()));
    }

    private static int payloadCrc(List<RecordBatch> batches) {
        CRC32C crc = new CRC32C();
        for (RecordBatch batch : batches) {
            crc.update(batch.bytes(), 0, batch.length());
        }
        return (int) crc.getValue();
    }

    /// The address of the frame's first record.
    long baseAddress() {
        return header.address() + FrameHeader.BYTES;
    }
}
