package io.souverix.twin.core.graph.layout;

import io.souverix.twin.core.event.LinkHealth;
import io.souverix.twin.core.graph.layout.LayoutBytes.Stamp;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What stands beside the states of the map, as bytes like those of [LayoutBytes]: edges between
/// homes, and the trust domain of each home. docs/graph.md draws both.
public final class EdgeBytes {
    private static final int EDGES_MAGIC = 'T' | 'W' << 8 | 'E' << 16 | '1' << 24;
    private static final int DOMAINS_MAGIC = 'T' | 'W' << 8 | 'D' << 16 | '1' << 24;
    private static final int NOT_KNOWN = LinkHealth.values().length;

    /// How many trust domains have a number; further ones are as none.
    private static final int MAX_DOMAINS = 0xffff;

    private EdgeBytes() {}

    /// An edge between two homes, by their indexes.
    public record Drawn(int from, int to, @Nullable LinkHealth health, boolean crossing) {}

    /// Edges, and how many there are in all.
    ///
    /// @param homes how many homes the map has
    public static byte[] edges(List<Drawn> edges, int limit, int homes, Stamp stamp) {
        int count = Math.min(limit, edges.size());
        int toAt = LayoutBytes.aligned(LayoutBytes.HEADER + count * Integer.BYTES);
        int healthAt = LayoutBytes.aligned(toAt + count * Integer.BYTES);
        int crossingAt = LayoutBytes.aligned(healthAt + count);
        byte[] body = new byte[crossingAt + count];
        ByteBuffer out = LayoutBytes.header(body, EDGES_MAGIC, stamp, homes);
        out.putInt(44, count).putInt(48, edges.size());
        for (int i = 0; i < count; i++) {
            Drawn edge = edges.get(i);
            out.putInt(LayoutBytes.HEADER + i * Integer.BYTES, edge.from());
            out.putInt(toAt + i * Integer.BYTES, edge.to());
            LinkHealth health = edge.health();
            body[healthAt + i] = (byte) (health == null ? NOT_KNOWN : health.ordinal());
            body[crossingAt + i] = (byte) (edge.crossing() ? 1 : 0);
        }
        return body;
    }

    /// The trust domain of every home: its number, 0 for none; then the names from 1 on.
    public static byte[] trustDomains(List<@Nullable String> domains, Stamp stamp) {
        Map<String, Integer> numbers = new LinkedHashMap<>();
        short[] of = new short[domains.size()];
        for (int home = 0; home < of.length; home++) {
            String domain = domains.get(home);
            if (domain != null && (numbers.containsKey(domain) || numbers.size() < MAX_DOMAINS)) {
                of[home] = (short) (int) numbers.computeIfAbsent(domain, _ -> numbers.size() + 1);
            }
        }
        List<byte[]> names = new ArrayList<>();
        numbers.keySet().forEach(name -> names.add(name.getBytes(StandardCharsets.UTF_8)));
        int lengthsAt = LayoutBytes.aligned(LayoutBytes.HEADER + of.length * Short.BYTES);
        int namesAt = LayoutBytes.aligned(lengthsAt + names.size() * Short.BYTES);
        byte[] body = new byte[namesAt + names.stream().mapToInt(name -> name.length).sum()];
        ByteBuffer out = LayoutBytes.header(body, DOMAINS_MAGIC, stamp, of.length);
        out.putInt(44, names.size());
        for (int home = 0; home < of.length; home++) {
            out.putShort(LayoutBytes.HEADER + home * Short.BYTES, of[home]);
        }
        for (int i = 0; i < names.size(); i++) {
            out.putShort(lengthsAt + i * Short.BYTES, (short) names.get(i).length);
        }
        out.position(namesAt);
        names.forEach(out::put);
        return body;
    }
}
