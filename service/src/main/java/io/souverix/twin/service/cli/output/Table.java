package io.souverix.twin.service.cli.output;

import java.util.ArrayList;
import java.util.List;

/// Rows under a heading, in columns as wide as their widest cell, two spaces apart. Without rows
/// only the heading is shown.
public final class Table {
    private static final String GAP = "  ";

    private final List<Column> columns;
    private final List<List<Cell>> rows = new ArrayList<>();

    /// @param right whether cells stand at the right edge, as numbers do
    public record Column(String heading, boolean right) {
        public static Column text(String heading) {
            return new Column(heading, false);
        }

        public static Column number(String heading) {
            return new Column(heading, true);
        }
    }

    public Table(List<Column> columns) {
        this.columns = List.copyOf(columns);
    }

    public Table(Column... columns) {
        this(List.of(columns));
    }

    /// Adds a row with one cell a column.
    public Table row(List<Cell> cells) {
        if (cells.size() != columns.size()) {
            throw new IllegalArgumentException(cells.size() + " cells, expected " + columns.size());
        }
        rows.add(List.copyOf(cells));
        return this;
    }

    public Table row(Cell... cells) {
        return row(List.of(cells));
    }

    /// The table as lines, each ended by a line feed.
    public String text(Paint paint) {
        List<Cell> headings =
                columns.stream().map(column -> new Cell(column.heading(), Tone.STRONG)).toList();
        int[] widths = widths(headings);
        StringBuilder text = new StringBuilder();
        line(text, headings, widths, paint);
        for (List<Cell> row : rows) {
            line(text, row, widths, paint);
        }
        return text.toString();
    }

    private int[] widths(List<Cell> headings) {
        int[] widths = new int[columns.size()];
        for (int i = 0; i < widths.length; i++) {
            widths[i] = headings.get(i).width();
            for (List<Cell> row : rows) {
                widths[i] = Math.max(widths[i], row.get(i).width());
            }
        }
        return widths;
    }

    private void line(StringBuilder text, List<Cell> cells, int[] widths, Paint paint) {
        int last = cells.size() - 1;
        for (int i = 0; i <= last; i++) {
            Cell cell = cells.get(i);
            String padding = " ".repeat(widths[i] - cell.width());
            boolean right = columns.get(i).right();
            text.append(right ? padding : "").append(paint.apply(cell.tone(), cell.text()));
            if (i < last) {
                text.append(right ? "" : padding).append(GAP);
            }
        }
        text.append('\n');
    }
}
