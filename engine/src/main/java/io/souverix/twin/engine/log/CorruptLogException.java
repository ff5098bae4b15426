package io.souverix.twin.engine.log;

/// A place in a log file whose bytes are not what was written.
///
/// Nothing is ever skipped: reading ends here.
public final class CorruptLogException extends LogException {
    private static final long serialVersionUID = 1L;

    private final String file;
    private final long offset;
    private final String expected;
    private final String found;

    CorruptLogException(String file, long offset, String expected, String found) {
        super(
                Reason.CORRUPT,
                file + " at byte " + offset + ": expected " + expected + ", found " + found);
        this.file = file;
        this.offset = offset;
        this.expected = expected;
        this.found = found;
    }

    /// The path of the file.
    public String file() {
        return file;
    }

    /// The byte in the file, from 0.
    public long offset() {
        return offset;
    }

    /// What should be there.
    public String expected() {
        return expected;
    }

    /// What is there.
    public String found() {
        return found;
    }
}
