package io.souverix.twin.service.http;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.souverix.twin.core.event.Times;
import io.souverix.twin.core.json.JsonObject;
import io.souverix.twin.core.rules.RulesJson;
import io.souverix.twin.engine.Position;
import io.souverix.twin.engine.TwinEngine;
import io.souverix.twin.engine.past.AsOf;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What all reads have in common: the position they see, and the instant they are asked of.
/// Thread-safe.
final class Reading {
    /// How long a read waits for the position it asks for.
    static final Duration PATIENCE = Duration.ofSeconds(5);

    private static final HeaderName X_RULES_VERSION = HeaderNames.create("X-Rules-Version");
    private static final HeaderName X_AT = HeaderNames.create("X-At");
    private static final HeaderName X_KNOWN_AT = HeaderNames.create("X-Known-At");

    private final TwinEngine engine;
    private final InstantSource clock;
    private final String rulesVersion;

    Reading(TwinEngine engine, ServerSettings settings) {
        this.engine = engine;
        this.clock = settings.clock();
        this.rulesVersion = RulesJson.version(settings.rules());
    }

    /// The parameters that every read takes, and more of its own.
    static Set<String> parameters(String... more) {
        Set<String> all = new HashSet<>(Set.of("at", "known_at", "min_position"));
        all.addAll(List.of(more));
        return Set.copyOf(all);
    }

    /// Waits for `min_position`, sets the headers that say what is answered by (position, rules, and
    /// the instants that are asked about), and gives the question of `at` and `known_at`.
    ///
    /// @throws ProblemException where a parameter is wrong, or the position does not come in time
    AsOf begin(Exchange exchange) throws InterruptedException {
        long at = instant(exchange, "at");
        long known = instant(exchange, "known_at");
        @Nullable Position wanted = exchange.query().position("min_position");
        if (wanted != null && !engine.await(wanted, PATIENCE)) {
            throw ProblemException.of(
                    ProblemCode.POSITION_NOT_REACHED,
                    "found min_position="
                            + wanted.token()
                            + ", which was not reached within "
                            + PATIENCE.toSeconds()
                            + " seconds; the service stands at "
                            + engine.position().token());
        }
        exchange.position(engine.position());
        exchange.header(X_RULES_VERSION, rulesVersion);
        AsOf asked = engine.asOf(at, known);
        tell(exchange, asked);
        return asked;
    }

    /// Says in headers which instant is answered for, and which knowledge: a body may have no room
    /// for it. Of the present, which no instant was asked for, nothing is said.
    static void tell(Exchange exchange, AsOf asked) {
        if (asked.nowMicros() != AsOf.ALL) {
            exchange.header(X_AT, Times.text(asked.nowMicros()));
        }
        if (asked.knownMicros() != Times.NONE) {
            exchange.header(X_KNOWN_AT, Times.text(asked.knownMicros()));
        }
    }

    /// An instant that has come and whose history is retained, or [AsOf#ALL].
    long instant(Exchange exchange, String name) {
        long instant = exchange.query().instant(name, AsOf.ALL);
        if (instant == AsOf.ALL) {
            return instant;
        }
        long now = Times.micros(clock.instant());
        if (instant > now) {
            throw ProblemException.of(
                    ProblemCode.AT_IN_FUTURE,
                    "found "
                            + name
                            + "="
                            + Times.text(instant)
                            + ", expected at most now, which is "
                            + Times.text(now));
        }
        boolean knowledge = name.equals("known_at");
        requireRetained(
                name, instant, knowledge ? engine.earliestKnownMicros() : engine.earliestMicros());
        return instant;
    }

    /// The begin of a period, or the default as far as it is retained.
    long begin(Exchange exchange, String name, long otherwise) {
        long earliest = engine.earliestMicros();
        long instant = exchange.query().instant(name, Math.max(otherwise, earliest));
        requireRetained(name, instant, earliest);
        return instant;
    }

    private static void requireRetained(String name, long instant, long earliest) {
        if (instant < earliest) {
            throw ProblemException.of(
                    ProblemCode.BEFORE_RETAINED_HISTORY,
                    "found "
                            + name
                            + "="
                            + Times.text(instant)
                            + ", expected "
                            + Times.text(earliest)
                            + " or later: what was before is not retained");
        }
    }

    /// Asks for a page of a list.
    ///
    /// @throws ProblemException where its cursor is none of that list
    static <T> T page(Exchange exchange, Supplier<T> question) {
        try {
            return question.get();
        } catch (IllegalArgumentException e) {
            @Nullable String cursor = exchange.query().text("cursor");
            if (cursor == null) {
                throw e;
            }
            throw Query.invalid(
                    "cursor",
                    "found "
                            + Texts.shown(cursor)
                            + ", expected the next_cursor of a page of this same list");
        }
    }

    /// Says which instant a list answers for, and which knowledge, where that was asked for.
    static JsonObject.Builder put(JsonObject.Builder answer, AsOf pinned) {
        answer.put("at", Times.text(pinned.nowMicros()));
        if (pinned.knownMicros() != Times.NONE) {
            answer.put("known_at", Times.text(pinned.knownMicros()));
        }
        return answer;
    }
}
