package io.souverix.twin.service.http;

import io.souverix.twin.core.event.Worded;
import io.souverix.twin.core.fleet.Dimension;
import io.souverix.twin.core.fleet.Projection;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What requests for aggregates have in common: which one, of which nodes, by which groups.
final class ProjectionParameters {
    private ProjectionParameters() {}

    /// The projection that the path names.
    static Projection projection(Exchange exchange) {
        String name = exchange.variable(0);
        return Arrays.stream(Projection.values())
                .filter(projection -> projection.word().equals(name))
                .findFirst()
                .orElseThrow(() ->
                        ProblemException.of(
                                ProblemCode.UNKNOWN_PROJECTION,
                                "found "
                                        + Texts.shown(name)
                                        + ", expected one of "
                                        + String.join(", ", words(Projection.values()))));
    }

    /// One dimension, or two different ones with a comma between them.
    static List<Dimension> groupBy(Exchange exchange) {
        @Nullable String text = exchange.query().text("group_by");
        List<Dimension> by = new ArrayList<>();
        for (String word : text == null ? new String[0] : text.split(",", -1)) {
            Arrays.stream(Dimension.values())
                    .filter(dimension -> dimension.word().equals(word) && !by.contains(dimension))
                    .forEach(by::add);
        }
        if (text != null && (by.size() > 2 || by.size() != text.split(",", -1).length)) {
            throw Query.invalid(
                    "group_by",
                    "found "
                            + Texts.shown(text)
                            + ", expected one of "
                            + String.join(", ", words(Dimension.values()))
                            + ", or two of them joined by a comma");
        }
        return by;
    }

    private static List<String> words(Worded[] values) {
        return Arrays.stream(values).map(Worded::word).toList();
    }
}
