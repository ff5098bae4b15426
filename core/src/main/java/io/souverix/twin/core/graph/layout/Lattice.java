package io.souverix.twin.core.graph.layout;

import io.souverix.twin.core.graph.layout.Area.Level;
import io.souverix.twin.core.graph.layout.Shelves.Size;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A revision of the map: a slot of the integer lattice for every home. A function of the homes it
/// was packed with and of those that came after, in their order; what has a slot keeps it.
///
/// Packing nests clusters in zones, zones in regions and regions in the map as rectangles, and leaves
/// a quarter of the slots spare. Who comes later takes a spare slot, and where there is none its
/// cluster gets another rectangle. Not thread-safe.
public final class Lattice {
    private static final int INITIAL = 64;

    private final Area map = new Area(Level.MAP, null, null, 0);
    private final List<Area> areas = new ArrayList<>(List.of(map));
    private final List<Home> homes = new ArrayList<>();
    private final Map<String, Integer> byId = new HashMap<>();
    private final int packed;
    private int[] next = new int[INITIAL];
    private int[] clusters = new int[INITIAL];
    private int[] zones = new int[INITIAL];
    private int[] xs = new int[INITIAL];
    private int[] ys = new int[INITIAL];

    /// Packs homes anew.
    public Lattice(List<Home> packed) {
        List<Home> sorted = packed.stream().sorted(Home.ORDER).toList();
        this.packed = sorted.size();
        Map<Area, Integer> counts = new HashMap<>();
        for (Home home : sorted) {
            counts.merge(cluster(home), 1, Integer::sum);
        }
        if (!sorted.isEmpty()) {
            claim(counts);
        }
        sorted.forEach(this::add);
    }

    /// From the inside out the sizes, then from the outside in the rectangles.
    private void claim(Map<Area, Integer> counts) {
        Map<Area, Size> sizes = new HashMap<>();
        for (int level = Level.CLUSTER.ordinal(); level >= 0; level--) {
            for (Area area : areas) {
                if (area.level().ordinal() == level) {
                    Integer nodes = counts.get(area);
                    sizes.put(area, nodes == null ? area.size(sizes) : square(nodes));
                }
            }
        }
        for (Level level : Level.values()) {
            for (Area area : areas) {
                if (area.level() == level) {
                    area.claim(Objects.requireNonNull(sizes.get(area)));
                }
            }
        }
    }

    private static Size square(int nodes) {
        int slots = Math.ceilDiv(nodes * 4, 3);
        int width = (int) Math.ceil(Math.sqrt(slots));
        return new Size(width, Math.ceilDiv(slots, width));
    }

    /// Gives a home its slot. A node has one home in each of its zones.
    public int add(Home home) {
        int index = homes.size();
        if (index == xs.length) {
            int length = index + (index >> 1);
            next = Arrays.copyOf(next, length);
            clusters = Arrays.copyOf(clusters, length);
            zones = Arrays.copyOf(zones, length);
            xs = Arrays.copyOf(xs, length);
            ys = Arrays.copyOf(ys, length);
        }
        Area zone = child(child(map, home.region()), home.zone());
        Area cluster = child(zone, home.cluster());
        int[] slot = cluster.slot();
        homes.add(home);
        clusters[index] = cluster.number();
        zones[index] = zone.number();
        xs[index] = slot[0];
        ys[index] = slot[1];
        Integer other = byId.put(home.id(), index);
        next[index] = other == null ? -1 : other;
        return index;
    }

    private Area cluster(Home home) {
        Area region = child(map, home.region());
        return child(child(region, home.zone()), home.cluster());
    }

    private Area child(Area above, @Nullable String name) {
        Area standing = above.find(name);
        if (standing != null) {
            return standing;
        }
        Area made = new Area(above.level().below(), name, above, areas.size());
        areas.add(made);
        above.add(made);
        return made;
    }

    /// The area of a zone, or null where no home is in it.
    public @Nullable Area zone(@Nullable String region, @Nullable String zone) {
        Area around = map.find(region);
        return around == null ? null : around.find(zone);
    }

    /// The index of the home of a node in the area of a zone, or -1 where it has none.
    public int find(String id, Area zone) {
        Integer index = byId.get(id);
        for (int at = index == null ? -1 : index; at >= 0; at = next[at]) {
            if (zones[at] == zone.number()) {
                return at;
            }
        }
        return -1;
    }

    /// The index of the home of a node in a zone, or -1 where it has none.
    public int find(String id, @Nullable String region, @Nullable String zone) {
        Area area = zone(region, zone);
        return area == null ? -1 : find(id, area);
    }

    /// How many homes there are: their indexes are below.
    public int size() {
        return homes.size();
    }

    /// How many homes it was packed with; they are the first.
    public int packed() {
        return packed;
    }

    public Home home(int index) {
        return homes.get(index);
    }

    public int x(int index) {
        return xs[index];
    }

    public int y(int index) {
        return ys[index];
    }

    /// The cluster a home stands in.
    public Area cluster(int index) {
        return areas.get(clusters[index]);
    }

    /// Every area, those above before those below; the map is the first.
    public List<Area> areas() {
        return areas;
    }

    /// How many slots the map is wide.
    public int width() {
        return map.rects().stream().mapToInt(rect -> rect.x() + rect.width()).max().orElse(0);
    }

    /// How many slots the map is high.
    public int height() {
        return map.rects().stream().mapToInt(rect -> rect.y() + rect.height()).max().orElse(0);
    }
}
