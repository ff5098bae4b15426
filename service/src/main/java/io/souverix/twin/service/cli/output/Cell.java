package io.souverix.twin.service.cli.output;

/// A piece of a table: text on one line, and how it is meant.
public record Cell(String text, Tone tone) {
    public Cell {
        text = text.replace('\n', ' ').replace('\r', ' ').replace('\t', ' ');
    }

    public static Cell of(String text) {
        return new Cell(text, Tone.PLAIN);
    }

    public static Cell of(long number) {
        return of(Figures.grouped(number));
    }

    int width() {
        return text.codePointCount(0, text.length());
    }
}
