package io.souverix.twin.service.http;

import io.souverix.twin.engine.TwinEngine;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;

/// The ways to what lies behind the answers: explanations, domains, attention, rollouts.
final class InsightRoutes {
    private static final List<String> JSON = List.of(Route.JSON);

    private InsightRoutes() {}

    static List<Route> of(TwinEngine engine, Reading reading, InstantSource clock) {
        ExplanationEndpoints explanations = new ExplanationEndpoints(engine, reading);
        AttentionEndpoints attention = new AttentionEndpoints(engine, reading, clock);
        RolloutEndpoints rollouts = new RolloutEndpoints(engine, reading);
        DomainEndpoints domains = new DomainEndpoints(engine, reading);
        return List.of(
                Route.get(
                        "/v1/twins/{id}/why",
                        ExplanationEndpoints.WHY_PARAMETERS,
                        JSON,
                        explanations::why),
                Route.get(
                        "/v1/twins/{id}/diff",
                        ExplanationEndpoints.DIFF_PARAMETERS,
                        JSON,
                        explanations::diff),
                Route.get(
                        "/v1/twins/{id}/timeline",
                        ExplanationEndpoints.TIMELINE_PARAMETERS,
                        JSON,
                        explanations::timeline),
                Route.get("/v1/domains", DomainEndpoints.LIST_PARAMETERS, JSON, domains::domains),
                Route.get("/v1/domains/{id}", DomainEndpoints.PARAMETERS, JSON, domains::domain),
                Route.get(
                        "/v1/attention", AttentionEndpoints.LIST_PARAMETERS, JSON, attention::list),
                Route.post("/v1/attention/{id}", Set.of(), JSON, attention::handle),
                Route.get("/v1/rollouts", RolloutEndpoints.LIST_PARAMETERS, JSON, rollouts::list),
                Route.get(
                        "/v1/rollouts/{campaign}",
                        RolloutEndpoints.PARAMETERS,
                        JSON,
                        rollouts::campaign));
    }
}
