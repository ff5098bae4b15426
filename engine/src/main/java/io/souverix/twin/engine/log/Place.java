package io.souverix.twin.engine.log;

import java.nio.file.Path;

/// Where in a file something stands, to say so when it is wrong.
///
/// @param file the segment file
/// @param base the address of the file's first byte
/// @param address the address of what stands there
record Place(Path file, long base, long address) {
    /// What to throw when the byte `delta` behind the place is not as expected.
    CorruptLogException corrupt(int delta, String expected, Object found) {
        return new CorruptLogException(
                file.toString(), address - base + delta, expected, found.toString());
    }
}
