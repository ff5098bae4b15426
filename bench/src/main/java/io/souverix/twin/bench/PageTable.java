package io.souverix.twin.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// The figures as a table in Markdown, a row a line and a size of the fleet a column, written between
/// two marks of a page.
final class PageTable {
    private final Report report;
    private final Settings settings;

    PageTable(Report report, Settings settings) {
        this.report = report;
        this.settings = settings;
    }

    void write(Path page) throws IOException {
        List<Figure> figures = report.figures();
        if (settings.curves()) {
            write(page, "nodes curve", table(figures, Settings.NODES_CURVE));
            write(page, "events curve", table(figures, Settings.EVENTS_CURVE));
            return;
        }
        List<Figure> peers = figures.stream().filter(PageTable::isOfPeer).toList();
        List<Figure> own = figures.stream().filter(figure -> !isOfPeer(figure)).toList();
        if (!own.isEmpty()) {
            write(page, "bench measures", table(own, settings.sizes()));
        }
        if (!peers.isEmpty()) {
            write(page, "peer measures", table(peers, settings.sizes()));
        }
    }

    private static boolean isOfPeer(Figure figure) {
        return figure.key().startsWith("peer-");
    }

    private static void write(Path page, String mark, String table) throws IOException {
        String begin = "<!-- " + mark + " -->";
        String end = "<!-- end of " + mark + " -->";
        String text = Files.readString(page);
        int from = text.indexOf(begin);
        int to = text.indexOf(end);
        if (from < 0 || to < from) {
            throw new IOException("found no " + begin + " … " + end + " in " + page);
        }
        Files.writeString(
                page, text.substring(0, from + begin.length()) + "\n" + table + text.substring(to));
    }

    private String table(List<Figure> all, List<Size> sizes) {
        Map<String, List<Figure>> rows = new LinkedHashMap<>();
        all.forEach(
                figure -> rows.computeIfAbsent(key(figure), _ -> new ArrayList<>()).add(figure));
        StringBuilder text = new StringBuilder();
        text.append(
                "Taken %s on %s. Each figure is the median of the warm rounds, with the least and the"
                                .formatted(report.days(), report.machine())
                        + " most; cold is the first time in a new JVM.\n\n| what |");
        sizes.forEach(size -> text.append(" %s |".formatted(size)));
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

    private static String line(List<Figure> figures, List<Size> sizes) {
        Figure first = figures.getFirst();
        StringBuilder text =
                new StringBuilder("| " + Report.title(first).replace("|", "\\|") + " |");
        for (Size size : sizes) {
            text.append(
                    figures.stream()
                            .filter(figure -> isOf(figure, size))
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

    /// A peer takes fewer events of the same fleet, where it is slow.
    private static boolean isOf(Figure figure, Size size) {
        return figure.nodes() == size.nodes()
                && (figure.events() == size.events() || isOfPeer(figure));
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
