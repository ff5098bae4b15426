package io.souverix.twin.core.graph.layout;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Fills a rectangle with smaller ones, row by row, from the top left. What is placed stays. Not
/// thread-safe.
final class Shelves {
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
        int widest = 1;
        long area = 1;
        for (Size size : sizes) {
            widest = Math.max(widest, size.width);
            area += size.area();
        }
        int width = Math.max(widest, (int) Math.ceil(Math.sqrt(area * 1.1)));
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
