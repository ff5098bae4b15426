package io.souverix.twin.torture;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// The map as its bytes say it, by the tables of docs/graph.md.
///
/// @param homes by index
record MapBytes(List<Home> homes) {
    private static final int HEADER = 64;

    MapBytes {
        homes = List.copyOf(homes);
    }

    /// A node in a zone.
    record Home(int index, String id, String slot, int bits) {
        boolean isThere() {
            return bits >>> 15 == 0;
        }
    }

    MapBytes(byte[] layout, byte[] states) {
        this(homes(read(layout, "TWL1"), read(states, "TWS1")));
    }

    private static ByteBuffer read(byte[] bytes, String magic) {
        String found = new String(bytes, 0, 4, StandardCharsets.US_ASCII);
        if (!found.equals(magic)) {
            throw new AssertionError("found " + found + ", expected " + magic);
        }
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static int next(int end) {
        return (end + 7) / 8 * 8;
    }

    private static List<Home> homes(ByteBuffer layout, ByteBuffer states) {
        int count = layout.getInt(12);
        int areas = layout.getInt(44);
        int slots = HEADER;
        int clusters = next(slots + 4 * count);
        int area = next(clusters + 4 * count);
        int rectangles = next(area + 16 * areas);
        int names = next(rectangles + 12 * layout.getInt(48));
        int offsets = next(names + layout.getInt(52));
        int ids = next(offsets + 4 * (count + 1));
        List<Home> homes = new ArrayList<>();
        for (int i = 0; i < Math.min(count, states.getInt(12)); i++) {
            int from = layout.getInt(offsets + 4 * i);
            int length = layout.getInt(offsets + 4 * (i + 1)) - from;
            byte[] id = new byte[length];
            layout.get(ids + from, id);
            homes.add(
                    new Home(
                            i,
                            new String(id, StandardCharsets.UTF_8),
                            (layout.getShort(slots + 4 * i) & 0xffff)
                                    + ","
                                    + (layout.getShort(slots + 4 * i + 2) & 0xffff),
                            states.getShort(HEADER + 2 * i) & 0xffff));
        }
        return homes;
    }
}
