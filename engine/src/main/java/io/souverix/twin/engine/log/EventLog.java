package io.souverix.twin.engine.log;

import java.util.List;

/// An append-only sequence of opaque byte records, grouped in frames; the truth everything else is
/// derived from.
///
/// An **address** is a byte offset in the log as a whole. A record is addressed by the first byte of
/// its `u32` length. Addresses grow with every append and are never used twice. The addresses
/// between two frames may have gaps (headers), so only addresses the log gave out may be handed in.
///
/// Threads: one thread at a time appends; any number may read, scan and verify meanwhile. What a
/// reader sees ends at [#end()] as it was when the call began.
public interface EventLog extends AutoCloseable {
    /// The largest record, in bytes, its length field not counted: 16 MiB.
    int MAX_RECORD_BYTES = 16 << 20;

    /// The largest sum of batch lengths in one append: 64 MiB.
    int MAX_FRAME_BYTES = 64 << 20;

    /// Appends all batches as one frame, durable on return.
    ///
    /// @param batches in order; together at least one record and at most [#MAX_FRAME_BYTES]
    /// @param recordedAtMicros microseconds since the epoch, never less than
    ///     [#lastRecordedAtMicros()]
    /// @return the address of the frame's first record; the record at offset `o` of batch `i` has
    ///     this address plus the lengths of the batches before `i` plus `o`
    /// @throws LogException if it could not be made durable; the log then takes no more appends
    /// @throws IllegalArgumentException if a bound is passed or time goes back; nothing is written
    long append(List<RecordBatch> batches, long recordedAtMicros) throws LogException;

    /// The address after the last durable frame; everything before it is durable.
    long end();

    /// The address of the first frame that was not dropped; equals [#end()] while the log is empty.
    long start();

    /// How many records were ever appended, dropped ones included: the number of the next record.
    long records();

    /// When the last frame was recorded, in microseconds since the epoch; 0 while the log is empty.
    long lastRecordedAtMicros();

    /// The address of the first frame recorded after a moment; [#end()] where none was.
    ///
    /// @param recordedAtMicros microseconds since the epoch
    long firstAfter(long recordedAtMicros) throws LogException;

    /// When the last frame that was dropped was recorded, in microseconds since the epoch; 0 while
    /// the log is whole.
    long droppedUptoMicros();

    /// Whether the log takes appends.
    LogState state();

    /// Hands every frame from `from` up to the present end to the visitor, in order, each checked
    /// by its checksum.
    ///
    /// @param from a frame boundary: [#start()], or a value that [#end()] or
    ///     [Frame#nextAddress()] had at some time
    /// @throws CorruptLogException where the bytes are not what was written; frames before were
    ///     visited, none after is
    void scan(long from, FrameVisitor visitor) throws LogException;

    /// One record, without its length field.
    ///
    /// It is read by itself, so the frame's checksum is not checked: [#scan] and [#verify] do that.
    /// Whoever knows what a record must be checks it, and throws [#damaged].
    byte[] read(long address) throws LogException;

    /// What to throw where a record that was read turns out not to be what was written.
    ///
    /// @param expected in words, as `found`
    default LogException damaged(long address, String expected, String found) {
        return new CorruptLogException("the log", address, expected, found);
    }

    /// Reads every byte and checks every checksum, the numbering and the hash chain.
    ///
    /// @throws CorruptLogException at the first place that is not what was written
    LogCheck verify(ProgressListener progress) throws LogException;

    /// The last place at which the log may be cut so that only frames recorded by a moment lie before
    /// it; [#droppedBefore()] where there is none after that.
    ///
    /// @param recordedAtMicros microseconds since the epoch
    long placeBy(long recordedAtMicros);

    /// Drops what lies wholly before `address`, in whole segments, but for what is kept: retention.
    /// Nothing from `address` on is dropped, and never the segment that takes appends.
    ///
    /// First what is kept is made durable, then `ready` runs, then the rest is dropped. Where one of
    /// the first two fails nothing has changed. A scan of dropped frames that is under way fails with
    /// a [LogException], and so does a read of a dropped record.
    ///
    /// @param kept the records that stay, all of them before the place of the cut; they are read and
    ///     scanned ([#scanKept]) under their addresses as before
    /// @return [#start()] as it is now
    long dropBefore(long address, Kept kept, Runnable ready) throws LogException;

    /// The place of the last cut, 0 while the log is whole.
    long droppedBefore();

    /// Hands every record that was kept of what was dropped to the visitor, each as a frame of its own
    /// (without a number and a time), in the order of their addresses.
    void scanKept(FrameVisitor visitor) throws LogException;

    /// What whoever dropped noted with it; empty while the log is whole.
    byte[] note() throws LogException;

    /// How many bytes all of it takes, what is kept of what was dropped included.
    long bytes();

    /// Ends appends and reads. What was appended stays. Closing twice does nothing.
    @Override
    void close() throws LogException;
}
