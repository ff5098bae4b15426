package io.souverix.twin.engine.judge;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Draws configurations: few keys, values of every kind in the same places, lists that rules can and cannot map.
final class ConfigDraw {
    private static final List<List<String>> PATHS =
            List.of(
                    List.of("rate_limit", "max_cps"),
                    List.of("rate_limit", "burst"),
                    List.of("rate_limit"),
                    List.of("stir", "mode"),
                    List.of("stir"),
                    List.of("tls", "min"),
                    List.of("auth", "keys"),
                    List.of("acl", "allowed"),
                    List.of("acl"),
                    List.of("routes"),
                    List.of("routes", "r1"),
                    List.of("routes", "r1", "cost"),
                    List.of("routes", "1", "hops"),
                    List.of("a.b", "c"),
                    List.of("a.b"),
                    List.of("a", "b"),
                    List.of("back\\slash"),
                    List.of("ключ", "\uD83D\uDE00"),
                    List.of("telemetry", "uptime"));
    private static final List<BigDecimal> NUMBERS =
            List.of(
                    BigDecimal.ZERO,
                    BigDecimal.ONE,
                    BigDecimal.valueOf(2000),
                    BigDecimal.valueOf(1500),
                    new BigDecimal("2000.0"),
                    new BigDecimal("2e3"),
                    new BigDecimal("0.1"),
                    new BigDecimal("-0.10"),
                    new BigDecimal("1e300"),
                    new BigDecimal("1e-30"),
                    new BigDecimal("123456789012345678901234567890"));

    private final Draw draw;

    ConfigDraw(Draw draw) {
        this.draw = draw;
    }

    /// A whole configuration.
    Map<String, @Nullable Object> snapshot() {
        Map<String, @Nullable Object> tree = Members.of();
        for (int i = draw.between(0, 6); i > 0; i--) {
            List<String> path = draw.from(PATHS);
            Map<String, @Nullable Object> parent = tree;
            for (String key : path.subList(0, path.size() - 1)) {
                Map<String, @Nullable Object> child = Members.object(parent, key);
                if (child == null) {
                    child = Members.of();
                    parent.put(key, child);
                }
                parent = child;
            }
            parent.put(path.getLast(), draw.percent(5) ? null : value(path));
        }
        return tree;
    }

    /// Up to three paths of which none leads to another, each with a value or null.
    Map<String, @Nullable Object> changes() {
        Map<String, @Nullable Object> changes = Members.of();
        for (List<String> path : apart(draw.between(0, 3))) {
            changes.put(ConfigPath.text(path), draw.percent(20) ? null : value(path));
        }
        return changes;
    }

    /// What another system saw differ.
    List<@Nullable Object> details() {
        List<@Nullable Object> details = new ArrayList<>();
        for (List<String> path : apart(draw.between(0, 3))) {
            details.add(
                    Members.of(
                            "field", ConfigPath.text(path),
                            "desired", draw.percent(15) ? null : value(path),
                            "actual", draw.percent(15) ? null : value(path)));
        }
        return details;
    }

    private List<List<String>> apart(int size) {
        List<List<String>> chosen = new ArrayList<>();
        while (chosen.size() < size) {
            List<String> path = draw.from(PATHS);
            if (chosen.stream().noneMatch(other -> ConfigPath.related(path, other))) {
                chosen.add(path);
            }
        }
        return chosen;
    }

    private Object value(List<String> path) {
        if (path.equals(List.of("routes")) && draw.percent(80)) {
            return routes();
        }
        boolean aboveOthers =
                PATHS.stream()
                        .anyMatch(other ->
                                !other.equals(path) && ConfigPath.isAtOrAbove(path, other));
        if (aboveOthers && draw.percent(70)) {
            return below(path);
        }
        return draw.percent(25) ? list() : scalar();
    }

    private Map<String, @Nullable Object> below(List<String> path) {
        Map<String, @Nullable Object> object = Members.of();
        for (List<String> other : PATHS) {
            if (other.size() == path.size() + 1
                    && ConfigPath.isAtOrAbove(path, other)
                    && draw.percent(60)) {
                object.put(other.getLast(), draw.percent(8) ? null : value(other));
            }
        }
        return object;
    }

    Object scalar() {
        return draw.percent(50)
                ? draw.from(NUMBERS)
                : draw.<Object>of(
                        "hard", "soft", "2000", "", "naïve \uD83D\uDE00 \"quoted\"\n", true, false);
    }

    private List<@Nullable Object> list() {
        List<@Nullable Object> list = new ArrayList<>();
        for (int i = draw.between(0, 3); i > 0; i--) {
            list.add(
                    draw.percent(85)
                            ? draw.of("a", "b", BigDecimal.ONE, new BigDecimal("1.0"))
                            : anyElement());
        }
        return list;
    }

    private @Nullable Object anyElement() {
        return draw.percent(20)
                ? null
                : draw.percent(50) ? Members.of("k", scalar()) : List.of(scalar());
    }

    /// A list of objects named by `name`; sometimes a name is missing, stands twice, or is of a kind that names nothing.
    private List<@Nullable Object> routes() {
        List<@Nullable Object> routes = new ArrayList<>();
        List<String> names = draw.shuffled(List.of("r1", "r2", "r.3", "1"));
        for (int i = draw.between(0, 3); i > 0; i--) {
            String name = draw.percent(90) ? names.get(i) : "r1";
            Object key =
                    name.equals("1") ? draw.of("1", BigDecimal.ONE, new BigDecimal("1.0")) : name;
            Map<String, @Nullable Object> route =
                    Members.of("name", key, "cost", draw.number(1, 2));
            if (draw.percent(30)) {
                route.put("hops", hops());
            }
            routes.add(route);
        }
        if (draw.percent(8)) {
            routes.add(draw.<Object>of("r1", Members.of("cost", 1), Members.of("name", true)));
        }
        return routes;
    }

    private List<@Nullable Object> hops() {
        List<@Nullable Object> hops = new ArrayList<>();
        for (int i = draw.between(0, 2); i > 0; i--) {
            hops.add(
                    Members.of(
                            "id", draw.number(1, 2), "name", draw.of("x", "y"), "via", scalar()));
        }
        return hops;
    }
}
