package io.souverix.twin.core.graph.layout;

import io.souverix.twin.core.graph.layout.Shelves.Size;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The map, a region, a zone or a cluster: rectangles within those of the area above, made as room is
/// needed, each new one about as large as all before it. Not thread-safe.
public final class Area {
    /// How deep an area is, from the outside in.
    public enum Level {
        MAP(1),
        REGION(1),
        ZONE(1),
        CLUSTER(0);

        /// How many slots stay free around what is inside.
        private final int margin;

        Level(int margin) {
            this.margin = margin;
        }

        Level below() {
            return values()[ordinal() + 1];
        }
    }

    /// The map is as wide as screens are; what is inside is about as wide as high.
    private static final double MAP_ASPECT = 1.7;

    private static final int LEAST_SLOTS = 4;
    private static final int LEAST_SIDE = 8;

    private final Level level;
    private final @Nullable String name;
    private final @Nullable Area above;
    private final int number;
    private final Map<@Nullable String, Area> inside = new LinkedHashMap<>();
    private final List<Rect> rects = new ArrayList<>();
    private final List<Shelves> shelves = new ArrayList<>();
    private int used;
    private int capacity;

    Area(Level level, @Nullable String name, @Nullable Area above, int number) {
        this.level = level;
        this.name = name;
        this.above = above;
        this.number = number;
    }

    public Level level() {
        return level;
    }

    /// Null where its nodes name none.
    public @Nullable String name() {
        return name;
    }

    /// The area around it; null for the map.
    public @Nullable Area above() {
        return above;
    }

    /// Its place in the list of areas of the lattice.
    public int number() {
        return number;
    }

    /// What it covers, in the order it came.
    public List<Rect> rects() {
        return rects;
    }

    @Nullable Area find(@Nullable String child) {
        return inside.get(child);
    }

    void add(Area child) {
        inside.put(child.name, child);
    }

    Collection<Area> inside() {
        return inside.values();
    }

    /// The next free slot of a cluster, as x and y.
    int[] slot() {
        if (used == capacity) {
            int slots = Math.max(LEAST_SLOTS, capacity);
            int width = (int) Math.ceil(Math.sqrt(slots));
            claim(new Size(width, Math.ceilDiv(slots, width)));
        }
        int before = used++;
        for (Rect rect : rects) {
            int area = rect.width() * rect.height();
            if (before < area) {
                return new int[] {
                    rect.x() + before % rect.width(), rect.y() + before / rect.width()
                };
            }
            before -= area;
        }
        throw new IllegalStateException("no slot in " + name);
    }

    /// Takes a rectangle of the area above, and makes it room for what is inside.
    void claim(Size size) {
        Rect rect = above == null ? atTheEdge(size) : above.room(size);
        rects.add(rect);
        if (level == Level.CLUSTER) {
            capacity += rect.width() * rect.height();
        } else {
            shelves.add(new Shelves(rect.inset(level.margin)));
        }
    }

    /// Room for a rectangle inside: what is left of it here, or a new part.
    private Rect room(Size size) {
        for (Shelves shelf : shelves) {
            Rect placed = shelf.place(size);
            if (placed != null) {
                return placed;
            }
        }
        long covered = rects.stream().mapToLong(Rect::area).sum();
        int side = Math.max(LEAST_SIDE, (int) Math.ceil(Math.sqrt((double) covered)));
        Size least = size.grown(level.margin);
        claim(new Size(Math.max(least.width(), side), Math.max(least.height(), side)));
        return Objects.requireNonNull(shelves.getLast().place(size));
    }

    /// The map grows to the right or downwards, whichever side is shorter.
    private Rect atTheEdge(Size size) {
        int width = rects.stream().mapToInt(rect -> rect.x() + rect.width()).max().orElse(0);
        int height = rects.stream().mapToInt(rect -> rect.y() + rect.height()).max().orElse(0);
        return width <= height
                ? new Rect(width, 0, size.width(), Math.max(size.height(), 1))
                : new Rect(0, height, size.width(), size.height());
    }

    /// The size it needs, once what is inside needs theirs.
    Size size(Map<Area, Size> sizes) {
        List<Size> all = inside.values().stream().map(area -> sizes.get(area)).toList();
        return (level == Level.MAP ? Shelves.around(all, MAP_ASPECT) : Shelves.around(all))
                .grown(level.margin);
    }
}
