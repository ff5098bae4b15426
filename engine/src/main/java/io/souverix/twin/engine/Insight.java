package io.souverix.twin.engine;

import io.souverix.twin.core.rules.Rules;
import io.souverix.twin.engine.attention.Clocks;
import io.souverix.twin.engine.attention.HandlingLog;
import io.souverix.twin.engine.commit.FleetSubjects;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// What lies behind the answers: why a node is as it is, who governs what, what deserves attention,
/// how rollouts go.
///
/// @param handlings what operators did about items of attention
public record Insight(
        Explanations explanations,
        DomainQueries domains,
        AttentionQueries attention,
        RolloutQueries rollouts,
        HandlingLog handlings)
        implements AutoCloseable {
    private static final String HANDLINGS = "attention.ndjson";

    /// @param presentation where operators' handling is kept, or null to keep it in memory
    static Insight of(
            TwinEngine engine,
            Rules rules,
            FleetSubjects fleet,
            Clocks clocks,
            FleetQueries nodes,
            TwinQueries twins,
            @Nullable Path presentation) {
        HandlingLog handlings =
                presentation == null
                        ? HandlingLog.inMemory()
                        : HandlingLog.open(presentation.resolve(HANDLINGS));
        Evidence evidence = new Evidence(fleet, twins);
        return new Insight(
                new Explanations(engine, rules, fleet, twins::queries),
                new DomainQueries(engine, fleet, nodes),
                new AttentionQueries(engine, fleet, clocks, nodes, handlings, evidence),
                new RolloutQueries(engine, nodes),
                handlings);
    }

    @Override
    public void close() {
        handlings.close();
    }
}
