package io.souverix.twin.service.http;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// A way in: a method, a path, and what answers there.
///
/// @param method `GET` (which takes `HEAD` too), `POST` or `PUT`
/// @param template the path; `{name}` stands for one segment, `{name...}` for one or more
/// @param segments the template, split
/// @param parameters the query parameters it knows
/// @param produces media types it can answer in, the preferred one first
record Route(
        String method,
        String template,
        List<String> segments,
        Set<String> parameters,
        List<String> produces,
        Endpoint endpoint) {
    static final String JSON = "application/json";
    static final String NDJSON = "application/x-ndjson";

    /// What most answers are.
    static final List<String> ONLY_JSON = List.of(JSON);

    /// The parameters of a route that takes any, and leaves them to the page it answers with.
    static final Set<String> ANY_PARAMETER = Set.of("*");

    /// Stands where no route was found.
    static final Route NONE = get("(none)", Set.of(), List.of(JSON), _ -> {});

    Route {
        segments = List.copyOf(segments);
        parameters = Set.copyOf(parameters);
        produces = List.copyOf(produces);
    }

    static Route get(
            String template, Set<String> parameters, List<String> produces, Endpoint endpoint) {
        return new Route("GET", template, split(template), parameters, produces, endpoint);
    }

    static Route post(
            String template, Set<String> parameters, List<String> produces, Endpoint endpoint) {
        return new Route("POST", template, split(template), parameters, produces, endpoint);
    }

    static Route put(
            String template, Set<String> parameters, List<String> produces, Endpoint endpoint) {
        return new Route("PUT", template, split(template), parameters, produces, endpoint);
    }

    /// Answers a request.
    @FunctionalInterface
    interface Endpoint {
        void answer(Exchange exchange) throws InterruptedException;
    }

    /// Splits a path at its slashes: `/v1/twins` is `v1` and `twins`, `/` nothing.
    static List<String> split(String path) {
        if (path.isEmpty() || path.equals("/")) {
            return List.of();
        }
        return Arrays.asList(path.substring(path.startsWith("/") ? 1 : 0).split("/", -1));
    }

    boolean takes(String requestMethod) {
        return method.equals(requestMethod)
                || (method.equals("GET") && requestMethod.equals("HEAD"));
    }

    /// The values of the template's variables, in order, where the path fits; those of a `{name...}`
    /// come one by one at the end.
    Optional<List<String>> match(List<String> path) {
        if (!fits(path)) {
            return Optional.empty();
        }
        List<String> values = new ArrayList<>(path.size());
        for (int i = 0; i < segments.size(); i++) {
            if (segments.get(i).startsWith("{")) {
                values.add(path.get(i));
            }
        }
        values.addAll(path.subList(segments.size(), path.size()));
        return Optional.of(values);
    }

    /// Most paths fit one way of many, so this makes nothing.
    private boolean fits(List<String> path) {
        boolean open = !segments.isEmpty() && segments.getLast().endsWith("...}");
        if (open ? path.size() < segments.size() : path.size() != segments.size()) {
            return false;
        }
        for (int i = 0; i < segments.size(); i++) {
            String segment = segments.get(i);
            boolean variable = segment.startsWith("{");
            if (variable ? path.get(i).isEmpty() : !segment.equals(path.get(i))) {
                return false;
            }
        }
        return true;
    }
}
