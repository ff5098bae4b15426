package io.souverix.twin.service.cli.output;

import java.util.ArrayList;
import java.util.List;

/// Names and values in two columns, under headings.
public final class Fields {
    private static final String INDENT = "  ";

    private final List<Line> lines = new ArrayList<>();

    private sealed interface Line {
        record Heading(String text) implements Line {}

        record Field(String name, Cell value) implements Line {}
    }

    public Fields heading(String text) {
        lines.add(new Line.Heading(text));
        return this;
    }

    public Fields field(String name, Cell value) {
        lines.add(new Line.Field(name, value));
        return this;
    }

    public Fields field(String name, String value) {
        return field(name, Cell.of(value));
    }

    /// The fields as lines, each ended by a line feed.
    public String text(Paint paint) {
        int width = 0;
        boolean headed = false;
        for (Line line : lines) {
            switch (line) {
                case Line.Heading _ -> headed = true;
                case Line.Field(String name, Cell _) -> width = Math.max(width, name.length());
            }
        }
        StringBuilder text = new StringBuilder();
        for (Line line : lines) {
            switch (line) {
                case Line.Heading(String heading) -> text.append(paint.apply(Tone.STRONG, heading));
                case Line.Field(String name, Cell value) ->
                        text.append(headed ? INDENT : "")
                                .append(name)
                                .repeat(" ", width - name.length() + 2)
                                .append(paint.apply(value.tone(), value.text()));
            }
            text.append('\n');
        }
        return text.toString();
    }
}
