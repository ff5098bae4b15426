package io.souverix.twin.core.graph.layout;

/// A rectangle of the lattice, in slots.
public record Rect(int x, int y, int width, int height) {
    public Rect {
        if (width < 1 || height < 1) {
            throw new IllegalArgumentException("found " + width + " by " + height);
        }
    }

    public long area() {
        return (long) width * height;
    }

    Rect inset(int margin) {
        return new Rect(x + margin, y + margin, width - 2 * margin, height - 2 * margin);
    }
}
