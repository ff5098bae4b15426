package io.souverix.twin.engine.log;

/// What a verification read and found sound.
///
/// @param segments files, or 1 for a log without files
/// @param frames how many frames
/// @param records how many records in them
/// @param bytes how many bytes were read, headers included
/// @param start address of the first frame
/// @param end address after the last frame
/// @param lastFrameHash SHA-256 of the last frame in hexadecimal: it stands for the whole log, since
///     every frame holds the hash of the one before; 64 zeros for an empty log
public record LogCheck(
        int segments,
        long frames,
        long records,
        long bytes,
        long start,
        long end,
        String lastFrameHash) {}
