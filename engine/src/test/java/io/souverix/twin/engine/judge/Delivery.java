package io.souverix.twin.engine.judge;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Ways in which a set of events may reach a service.
final class Delivery {
    private final Draw draw;
    private final Spelling spelling;

    Delivery(Draw draw) {
        this.draw = draw;
        this.spelling = new Spelling(draw);
    }

    List<List<String>> batches(List<String> lines) {
        List<String> sent = new ArrayList<>(ordered(lines));
        int repeatPercent = draw.of(0, 10, 60);
        for (String line : lines) {
            if (draw.percent(repeatPercent)) {
                sent.add(
                        draw.below(sent.size() + 1),
                        draw.percent(30) ? line : spelling.again(line));
            }
        }
        List<List<String>> batches = new ArrayList<>();
        int longest = draw.of(1, 5, 50, sent.size());
        for (int start = 0; start < sent.size(); start = start + batches.getLast().size()) {
            int size = Math.min(draw.between(1, longest), sent.size() - start);
            batches.add(List.copyOf(sent.subList(start, start + size)));
        }
        return batches;
    }

    private List<String> ordered(List<String> lines) {
        return switch (draw.below(4)) {
            case 0 -> draw.shuffled(lines);
            case 1 -> inTime(lines);
            case 2 -> inTime(lines).reversed();
            default -> withLateBacklog(inTime(lines));
        };
    }

    private static List<String> inTime(List<String> lines) {
        return lines.stream().sorted(Comparator.comparing(Delivery::timestamp)).toList();
    }

    private static Instant timestamp(String line) {
        return Times.instant(String.valueOf(PlainJson.readObject(line).get("timestamp")));
    }

    /// Some subjects fall silent at a time and tell the rest at the end.
    private List<String> withLateBacklog(List<String> lines) {
        List<String> prompt = new ArrayList<>();
        List<String> late = new ArrayList<>();
        Instant silent = timestamp(draw.from(lines));
        int remainder = draw.below(3);
        for (String line : lines) {
            int subject = Event.of(PlainJson.readObject(line)).subject().hashCode();
            boolean isLate =
                    Math.floorMod(subject, 3) == remainder && timestamp(line).isAfter(silent);
            (isLate ? late : prompt).add(line);
        }
        prompt.addAll(draw.percent(50) ? late : late.reversed());
        return prompt;
    }
}
