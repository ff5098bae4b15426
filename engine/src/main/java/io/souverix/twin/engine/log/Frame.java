package io.souverix.twin.engine.log;

/// One frame as a scan shows it: the records of one append.
///
/// The record at `bytes[offset + o]` has the address `baseAddress + o`. The array is reused for the
/// next frame: copy what is to be kept.
///
/// @param address where the frame begins
/// @param nextAddress where the next frame begins; a boundary to resume from
/// @param recordedAtMicros when it was appended, microseconds since the epoch
/// @param firstRecord the number of its first record, counted from 0 over the whole log
/// @param count how many records, at least 1
/// @param baseAddress the address of its first record
/// @param bytes holds the records back to back, each `u32` little-endian length + bytes
/// @param offset where in `bytes` the first record begins
/// @param length how many bytes the records take
public record Frame(
        long address,
        long nextAddress,
        long recordedAtMicros,
        long firstRecord,
        int count,
        long baseAddress,
        byte[] bytes,
        int offset,
        int length) {}
