package io.souverix.twin.engine.log;

/// What stays of what a log drops.
///
/// @param note bytes of whoever drops, opaque here
/// @param addresses of the records that stay, ascending
@SuppressWarnings("ArrayRecordComponent") // handed over, not compared
public record Kept(byte[] note, long[] addresses) {
    /// Nothing stays.
    public static final Kept NOTHING = new Kept(new byte[0], new long[0]);

    public Kept {
        for (int i = 1; i < addresses.length; i++) {
            if (addresses[i] <= addresses[i - 1]) {
                throw new IllegalArgumentException(
                        "found address %d after %d, expected them ascending"
                                .formatted(addresses[i], addresses[i - 1]));
            }
        }
    }
}
