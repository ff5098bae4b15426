package io.souverix.twin.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// The figures as a table in Markdown, a row a line and a size of the fleet a column, written between
/// two marks of a page.
final class PageTable {
    private static final String BEGIN = "<!-- bench measures -->";
    private static final String END = "<!-- end of bench measures -->";

    private final Report report;

    PageTable(Report report) {
        this.report = report;
    }

    void write(Path page) throws IOException {
        String text = Files.readString(page);
        int from = text.indexOf(BEGIN);
        int to = text.indexOf(END);
        if (from < 0 || to < from) {
            throw new IOException("found no " + BEGIN + " … " + END + " in " + page);
        }
        Files.writeString(
                page,
                text.substring(0, from + BEGIN.length()) + "\n" + table() + text.substring(to));
    }

    private String table() {
        List<Long> sizes =
                new ArrayList<>(
                        report.figures().stream()
                                .map(Figure::nodes)
                                .collect(Collectors.toCollection(TreeSet::new)));
        Map<String, List<Figure>> rows = new LinkedHashMap<>();
        report.figures()
                .forEach(figure ->
                        rows.computeIfAbsent(key(figure), _ -> new ArrayList<>()).add(figure));
        StringBuilder text = new StringBuilder();
        text.append(
                "Taken %s on %s. Each figure is the median of the warm rounds, with the least and"
                        .formatted(LocalDate.now(ZoneOffset.UTC), report.machine()));
        text.append(" the most; cold is the first time in a new JVM.\n\n| what |");
        sizes.forEach(size -> text.append(" %,d nodes |".formatted(size)));
        text.append(" | floor | goal | met |\n|---|");
        sizes.forEach(_ -> text.append("---|"));
        text.append("---|---|---|---|\n");
        rows.forEach((_, figures) -> text.append(line(figures, sizes)));
        return text.toString();
    }

    /// What names a row whatever the size of the fleet: of which projection was the slowest, say,
    /// depends on it.
    private static String key(Figure figure) {
        return figure.key() + " " + figure.detail().replaceAll(" \\(.*", "");
    }

    private static String line(List<Figure> figures, List<Long> sizes) {
        Figure first = figures.getFirst();
        StringBuilder text =
                new StringBuilder("| " + Report.title(first).replace("|", "\\|") + " |");
        for (long size : sizes) {
            text.append(
                    figures.stream()
                            .filter(figure -> figure.nodes() == size)
                            .findFirst()
                            .map(figure -> " " + cell(figure) + " |")
                            .orElse(" |"));
        }
        List<Figure> judged =
                figures.stream().filter(figure -> !figure.verdict().isEmpty()).toList();
        text.append(' ').append(first.unit()).append(" |");
        if (judged.isEmpty()) {
            return text.append(" | | |\n").toString();
        }
        Goal goal = judged.getFirst().goal();
        text.append(
                " %s | %s |".formatted(Report.number(goal.floor()), Report.number(goal.goal())));
        String met =
                judged.stream()
                        .map(figure -> figure.verdict().equals("no") ? "**no**" : figure.verdict())
                        .distinct()
                        .collect(Collectors.joining(", "));
        return text.append(' ').append(met).append(" |\n").toString();
    }

    private static String cell(Figure figure) {
        StringBuilder text = new StringBuilder(Report.number(figure.median()));
        if (figure.samples().length > 1) {
            text.append(
                    " (%s - %s)"
                            .formatted(
                                    Report.number(figure.least()), Report.number(figure.most())));
        }
        if (!Double.isNaN(figure.cold())) {
            text.append(", cold ").append(Report.number(figure.cold()));
        }
        if (!Double.isNaN(figure.cpuMicros())) {
            text.append(", %s µs of processor".formatted(Report.number(figure.cpuMicros())));
        }
        return text.toString();
    }
}
