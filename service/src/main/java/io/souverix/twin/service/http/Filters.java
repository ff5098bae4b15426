package io.souverix.twin.service.http;

import io.souverix.twin.core.query.CompiledFilter;
import io.souverix.twin.core.query.InvalidQueryException;
import io.souverix.twin.core.query.Selection;
import io.souverix.twin.engine.query.FilterText;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The parameters by which requests choose twins.
final class Filters {
    private static final String DECOMMISSIONED = "decommissioned";

    private Filters() {}

    /// The filter of the request; without one every twin.
    ///
    /// @throws ProblemException where it is not understood
    static CompiledFilter of(Exchange exchange) {
        @Nullable String text = exchange.query().text("filter");
        try {
            return text == null ? CompiledFilter.ALL : FilterText.compile(text);
        } catch (InvalidQueryException e) {
            throw ProblemException.of(ProblemCode.INVALID_FILTER, "filter: " + e.getMessage());
        }
    }

    /// Which parts of twins the request wants; without `fields` every part.
    ///
    /// @throws ProblemException where there is no such part
    static Selection fields(Exchange exchange) {
        return parsed(exchange, "fields", Selection::parse, Selection.ALL);
    }

    /// Reads a parameter about twins.
    ///
    /// @param otherwise where the request has none
    static <T> T parsed(Exchange exchange, String name, Function<String, T> parse, T otherwise) {
        @Nullable String text = exchange.query().text(name);
        try {
            return text == null ? otherwise : parse.apply(text);
        } catch (InvalidQueryException e) {
            throw Query.invalid(name, String.valueOf(e.getMessage()));
        }
    }

    /// Whether those that left the fleet are asked for, too.
    static boolean includesDecommissioned(Exchange exchange) {
        return !exchange.query().word("include", List.of(DECOMMISSIONED), "").isEmpty();
    }
}
