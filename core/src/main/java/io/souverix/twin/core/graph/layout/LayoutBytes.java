package io.souverix.twin.core.graph.layout;

import io.souverix.twin.core.graph.layout.Area.Level;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The map and its states as bytes, little-endian, every array at a multiple of its element's size,
/// so that a browser lays typed arrays over them. docs/graph.md draws both.
public final class LayoutBytes {
    /// Of both formats.
    public static final int VERSION = 1;

    /// How long both headers are.
    public static final int HEADER = 64;

    private static final int LAYOUT_MAGIC = 'T' | 'W' << 8 | 'L' << 16 | '1' << 24;
    private static final int STATES_MAGIC = 'T' | 'W' << 8 | 'S' << 16 | '1' << 24;
    private static final int AREA_BYTES = 16;
    private static final int RECT_BYTES = 12;
    private static final int ALIGNMENT = 8;
    private static final int IS_DELTA = 1;
    private static final int NONE = -1;

    private LayoutBytes() {}

    /// What both headers say.
    ///
    /// @param revision the number of the revision of the map
    /// @param fromMicros since when the revision holds; `Long.MIN_VALUE` for the first
    /// @param atMicros the instant answered for
    /// @param position up to where of the log was seen
    public record Stamp(int revision, long fromMicros, long atMicros, long position) {}

    /// The slots, areas and ids of all homes.
    public static byte[] layout(Lattice lattice, Stamp stamp) {
        int homes = lattice.size();
        List<byte[]> texts = new ArrayList<>(homes);
        int idBytes = 0;
        for (int i = 0; i < homes; i++) {
            byte[] id = lattice.home(i).id().getBytes(StandardCharsets.UTF_8);
            texts.add(id);
            idBytes += id.length;
        }
        List<Area> areas = lattice.areas();
        int rects = areas.stream().mapToInt(area -> area.rects().size()).sum();
        List<byte[]> names = areas.stream().map(area -> bytes(area.name())).toList();
        int nameBytes = names.stream().mapToInt(name -> name.length).sum();
        int slotsAt = HEADER;
        int clustersAt = aligned(slotsAt + homes * 2 * Short.BYTES);
        int areasAt = aligned(clustersAt + homes * Integer.BYTES);
        int rectsAt = aligned(areasAt + areas.size() * AREA_BYTES);
        int namesAt = aligned(rectsAt + rects * RECT_BYTES);
        int offsetsAt = aligned(namesAt + nameBytes);
        int idsAt = aligned(offsetsAt + (homes + 1) * Integer.BYTES);
        byte[] body = new byte[idsAt + idBytes];
        ByteBuffer out = header(body, LAYOUT_MAGIC, stamp, homes);
        out.putShort(40, (short) lattice.width()).putShort(42, (short) lattice.height());
        out.putInt(44, areas.size()).putInt(48, rects).putInt(52, nameBytes).putInt(56, idBytes);
        putSlots(out, lattice, slotsAt, clustersAt);
        putAreas(out.position(areasAt), areas, names);
        putRects(out.position(rectsAt), areas);
        out.position(namesAt);
        names.forEach(out::put);
        int offset = 0;
        for (int i = 0; i < homes; i++) {
            out.putInt(offsetsAt + i * Integer.BYTES, offset);
            out.put(idsAt + offset, texts.get(i));
            offset += texts.get(i).length;
        }
        out.putInt(offsetsAt + homes * Integer.BYTES, offset);
        return body;
    }

    private static void putSlots(ByteBuffer out, Lattice lattice, int slotsAt, int clustersAt) {
        for (int i = 0; i < lattice.size(); i++) {
            out.putShort(slotsAt + i * 4, (short) lattice.x(i));
            out.putShort(slotsAt + i * 4 + 2, (short) lattice.y(i));
            out.putInt(clustersAt + i * 4, lattice.cluster(i).number());
        }
    }

    private static void putAreas(ByteBuffer out, List<Area> areas, List<byte[]> names) {
        int nameAt = 0;
        for (int i = 0; i < areas.size(); i++) {
            Area area = areas.get(i);
            Area above = area.above();
            boolean named = area.name() != null || area.level() == Level.MAP;
            out.put((byte) area.level().ordinal()).put((byte) (named ? 1 : 0));
            out.putShort((short) names.get(i).length);
            out.putInt(above == null ? NONE : above.number());
            out.putInt(nameAt);
            out.putInt(area.rects().size());
            nameAt += names.get(i).length;
        }
    }

    private static void putRects(ByteBuffer out, List<Area> areas) {
        for (Area area : areas) {
            for (Rect rect : area.rects()) {
                out.putInt(area.number());
                out.putShort((short) rect.x()).putShort((short) rect.y());
                out.putShort((short) rect.width()).putShort((short) rect.height());
            }
        }
    }

    private static byte[] bytes(@Nullable String name) {
        return (name == null ? "" : name).getBytes(StandardCharsets.UTF_8);
    }

    /// The states of all homes.
    public static byte[] states(short[] states, Stamp stamp) {
        byte[] body = new byte[HEADER + states.length * Short.BYTES];
        ByteBuffer out = header(body, STATES_MAGIC, stamp, states.length);
        out.putInt(44, states.length).position(HEADER);
        out.asShortBuffer().put(states);
        return body;
    }

    /// The states that differ from those at another instant: their indexes, then what they are now.
    public static byte[] difference(short[] base, short[] states, long baseMicros, Stamp stamp) {
        int[] changed = new int[states.length];
        int count = 0;
        for (int i = 0; i < states.length; i++) {
            if (i >= base.length || base[i] != states[i]) {
                changed[count++] = i;
            }
        }
        byte[] body = new byte[HEADER + count * (Integer.BYTES + Short.BYTES)];
        ByteBuffer out = header(body, STATES_MAGIC, stamp, states.length);
        out.putShort(6, (short) IS_DELTA).putInt(44, count).putLong(48, baseMicros);
        for (int i = 0; i < count; i++) {
            out.putInt(HEADER + i * 4, changed[i]);
            out.putShort(HEADER + count * 4 + i * 2, states[changed[i]]);
        }
        return body;
    }

    /// Begins a body with what all of them say.
    static ByteBuffer header(byte[] body, int magic, Stamp stamp, int homes) {
        ByteBuffer out = ByteBuffer.wrap(body).order(ByteOrder.LITTLE_ENDIAN);
        out.putInt(magic).putShort((short) VERSION).putShort((short) 0);
        out.putInt(stamp.revision()).putInt(homes);
        out.putLong(stamp.fromMicros()).putLong(stamp.atMicros()).putLong(stamp.position());
        return out;
    }

    static int aligned(int offset) {
        return Math.ceilDiv(offset, ALIGNMENT) * ALIGNMENT;
    }
}
