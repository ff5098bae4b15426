package io.souverix.twin.core.rules;

import io.souverix.twin.core.event.EventHash;
import io.souverix.twin.core.event.Times;
import io.souverix.twin.core.json.Json;
import io.souverix.twin.core.json.Json.JsonArray;
import io.souverix.twin.core.json.JsonObject;
import io.souverix.twin.core.json.JsonWriter;
import io.souverix.twin.core.pki.Certificates;
import io.souverix.twin.core.pki.PinnedKey;
import io.souverix.twin.core.rules.Rules.Ignore;
import io.souverix.twin.core.rules.Rules.ListRule;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// Rules as JSON, in the words of docs/rules.md, and their version.
public final class RulesJson {
    private static final int VERSION_DIGITS = 16;

    private RulesJson() {}

    /// The effective rules, without their version.
    public static JsonObject of(Rules rules) {
        return new JsonObject.Builder()
                .put("horizons", horizons(rules))
                .put("default_update_deadline", seconds(rules.updateDeadline().toSeconds()))
                .put(
                        "trusted_labels",
                        Json.strings(rules.trustedLabels().stream().sorted().toList()))
                .put("anchors", list(rules.anchors(), anchor -> Json.of(Certificates.pem(anchor))))
                .put("provenance_keys", list(rules.provenanceKeys(), RulesJson::key))
                .put("ignore", list(rules.ignores(), RulesJson::ignore))
                .put("lists", list(rules.lists(), RulesJson::listRule))
                .put("exclusive", list(rules.exclusives(), path -> Json.of(path.pattern().text())))
                .put(
                        "severities",
                        list(
                                rules.severities(),
                                rule ->
                                        new JsonObject.Builder()
                                                .put("path", rule.path().pattern().text())
                                                .put("severity", rule.severity().word())
                                                .build()))
                .build();
    }

    /// The first 16 hex digits of the SHA-256 of the rules as JSON: equal rules, equal versions.
    public static String version(Rules rules) {
        byte[] bytes = JsonWriter.bytes(of(rules));
        return EventHash.of(bytes, bytes.length).hex().substring(0, VERSION_DIGITS);
    }

    /// The rules and their `version`.
    public static JsonObject answer(Rules rules) {
        return new JsonObject.Builder()
                .put("version", version(rules))
                .put("rules", of(rules))
                .build();
    }

    private static Json horizons(Rules rules) {
        JsonObject.Builder horizons = new JsonObject.Builder();
        rules.horizons().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(entry ->
                        horizons.put(entry.getKey().word(), seconds(entry.getValue().toSeconds())));
        return horizons.put("other", seconds(rules.otherHorizon().toSeconds())).build();
    }

    /// A duration to the second, in the spelling that is also read.
    private static Json seconds(long seconds) {
        String text = seconds < 60 ? "" : Times.durationText(seconds);
        long rest = seconds % 60;
        return Json.of(rest == 0 && !text.isEmpty() ? text : text + rest + "s");
    }

    private static Json key(PinnedKey key) {
        return new JsonObject.Builder().put("name", key.name()).put("pem", key.pem()).build();
    }

    private static Json ignore(Ignore rule) {
        return new JsonObject.Builder()
                .put("path", rule.path().pattern().text())
                .putPresent("reason", rule.reason() == null ? null : Json.of(rule.reason()))
                .putPresent(
                        "expires",
                        rule.expiresMicros() == Times.NONE
                                ? null
                                : Json.of(Times.text(rule.expiresMicros())))
                .build();
    }

    private static Json listRule(ListRule rule) {
        JsonObject.Builder json =
                new JsonObject.Builder().put("path", rule.path().pattern().text());
        return rule.key() == null
                ? json.put("as", "set").build()
                : json.put("as", "map").put("key", rule.key()).build();
    }

    private static <T> Json list(List<T> rules, Function<T, Json> one) {
        return new JsonArray(rules.stream().map(one).toList());
    }
}
