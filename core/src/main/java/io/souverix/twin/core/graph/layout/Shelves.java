package io.souverix.twin.core.graph.layout;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Fills a rectangle with smaller ones, row by row, from the top left. What is placed stays. Not
/// thread-safe.
final class Shelves {
    /// How many widths are tried for a rectangle, from and to which share of the one that nothing
    /// would be left over in.
    private static final int WIDTHS = 24;

    private static final double WIDTHS_FROM = 0.7;
    private static final double WIDTHS_TO = 1.7;

    private final Rect room;
    private int x;
    private int y;
    private int shelf;

    Shelves(Rect room) {
        this.room = room;
    }

    /// A width and a height, in slots.
    record Size(int width, int height) {
        long area() {
            return (long) width * height;
        }

        Size grown(int margin) {
            return new Size(width + 2 * margin, height + 2 * margin);
        }
    }

    /// Places a rectangle, or answers null where it does not fit any more.
    @Nullable Rect place(Size size) {
        int atX = x;
        int atY = y;
        int row = shelf;
        if (atX + size.width > room.width()) {
            atX = 0;
            atY += row;
            row = 0;
        }
        if (size.width > room.width() || atY + size.height > room.height()) {
            return null;
        }
        x = atX + size.width;
        y = atY;
        shelf = Math.max(row, size.height);
        return new Rect(room.x() + atX, room.y() + atY, size.width, size.height);
    }

    /// How large a rectangle is that takes some in their order, about as wide as it is high.
    static Size around(List<Size> sizes) {
        return filled(
                sizes, Math.max(widest(sizes), (int) Math.ceil(Math.sqrt(area(sizes) * 1.1))));
    }

    private static int widest(List<Size> sizes) {
        return sizes.stream().mapToInt(Size::width).reduce(1, Math::max);
    }

    private static long area(List<Size> sizes) {
        return 1 + sizes.stream().mapToLong(Size::area).sum();
    }

    /// The same for a wanted shape: of the widths tried the one that wastes least and is nearest to it.
    ///
    /// @param aspect how many times as wide as high it shall be
    static Size around(List<Size> sizes, double aspect) {
        int widest = widest(sizes);
        double wanted = Math.sqrt(area(sizes) * aspect);
        Size best = filled(sizes, widest);
        for (int i = 0; i < WIDTHS; i++) {
            double share = WIDTHS_FROM + (WIDTHS_TO - WIDTHS_FROM) * i / (WIDTHS - 1);
            Size size = filled(sizes, Math.max(widest, (int) Math.ceil(wanted * share)));
            best = cost(size, aspect) < cost(best, aspect) ? size : best;
        }
        return best;
    }

    /// What a size costs: its area, and more the further it is from the wanted shape.
    private static double cost(Size size, double aspect) {
        double stretch = size.width / (size.height * aspect);
        return size.area() * Math.sqrt(Math.max(stretch, 1 / stretch));
    }

    /// What is used of so much width.
    private static Size filled(List<Size> sizes, int width) {
        int x = 0;
        int y = 0;
        int shelf = 1;
        int used = 1;
        for (Size size : sizes) {
            if (x + size.width > width) {
                x = 0;
                y += shelf;
                shelf = 0;
            }
            x += size.width;
            used = Math.max(used, x);
            shelf = Math.max(shelf, size.height);
        }
        return new Size(used, y + shelf);
    }
}
