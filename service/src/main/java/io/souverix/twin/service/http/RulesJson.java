package io.souverix.twin.service.http;

import io.souverix.twin.core.event.Times;
import io.souverix.twin.core.json.Json;
import io.souverix.twin.core.json.JsonObject;
import io.souverix.twin.core.json.JsonWriter;
import io.souverix.twin.core.pki.Certificates;
import io.souverix.twin.core.pki.PinnedKey;
import io.souverix.twin.core.rules.Rules;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// The effective rules as JSON, in the shape of docs/rules.md, and their version.
public final class RulesJson {
    private static final int VERSION_DIGITS = 16;

    private RulesJson() {}

    /// The rules and their `version`.
    static JsonObject answer(Rules rules) {
        return new JsonObject.Builder()
                .put("version", version(rules))
                .put("rules", of(rules))
                .build();
    }

    /// The first 16 hex digits of the SHA-256 of the rules as JSON: equal rules, equal versions.
    public static String version(Rules rules) {
        try {
            byte[] text = JsonWriter.text(of(rules)).getBytes(StandardCharsets.UTF_8);
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text);
            return HexFormat.of().formatHex(hash).substring(0, VERSION_DIGITS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    static JsonObject of(Rules rules) {
        return new JsonObject.Builder()
                .put("horizons", horizons(rules))
                .put("default_update_deadline", duration(rules.updateDeadline()))
                .put(
                        "trusted_labels",
                        Json.strings(rules.trustedLabels().stream().sorted().toList()))
                .put("anchors", list(rules.anchors(), anchor -> Json.of(Certificates.pem(anchor))))
                .put("provenance_keys", list(rules.provenanceKeys(), RulesJson::key))
                .put("ignore", list(rules.ignores(), RulesJson::ignore))
                .put("lists", list(rules.lists(), RulesJson::listRule))
                .put("exclusive", list(rules.exclusives(), rule -> Json.of(rule.pattern().text())))
                .put("severities", list(rules.severities(), RulesJson::severity))
                .build();
    }

    private static Json key(PinnedKey key) {
        return new JsonObject.Builder().put("name", key.name()).put("pem", key.pem()).build();
    }

    private static Json horizons(Rules rules) {
        JsonObject.Builder horizons = new JsonObject.Builder();
        rules.horizons().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(entry -> horizons.put(entry.getKey().word(), duration(entry.getValue())));
        return horizons.put("other", duration(rules.otherHorizon())).build();
    }

    private static Json ignore(Rules.Ignore rule) {
        JsonObject.Builder json =
                new JsonObject.Builder().put("path", rule.path().pattern().text());
        if (rule.reason() != null) {
            json.put("reason", rule.reason());
        }
        if (rule.expiresMicros() != Times.NONE) {
            json.put("expires", Times.text(rule.expiresMicros()));
        }
        return json.build();
    }

    private static Json listRule(Rules.ListRule rule) {
        JsonObject.Builder json =
                new JsonObject.Builder().put("path", rule.path().pattern().text());
        return rule.key() == null
                ? json.put("as", "set").build()
                : json.put("as", "map").put("key", rule.key()).build();
    }

    private static Json severity(Rules.SeverityRule rule) {
        return new JsonObject.Builder()
                .put("path", rule.path().pattern().text())
                .put("severity", rule.severity().word())
                .build();
    }

    private static <T> Json list(List<T> rules, Function<T, Json> json) {
        return new Json.JsonArray(rules.stream().map(json).toList());
    }

    /// `[Nd][Nh][Nm][Ns]`, exact.
    private static String duration(Duration duration) {
        String whole = duration.toSeconds() < 60 ? "" : Times.durationText(duration.toSeconds());
        long rest = duration.toSeconds() % 60;
        return rest == 0 && !whole.isEmpty() ? whole : whole + rest + "s";
    }
}
