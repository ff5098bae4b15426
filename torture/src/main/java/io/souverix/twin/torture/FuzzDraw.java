package io.souverix.twin.torture;

import io.souverix.twin.torture.Operations.Parameter;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Random;

/// Draws values for parameters: good ones, those at a bound, and nasty ones.
final class FuzzDraw {
    private static final List<String> NASTY =
            List.of(
                    "",
                    " ",
                    "-1",
                    "0",
                    "1e999",
                    "NaN",
                    "9223372036854775808",
                    "-9223372036854775809",
                    "99999999999999999999999999",
                    "null",
                    "true",
                    "../../etc/passwd",
                    "..",
                    ".",
                    "%",
                    "a%00b",
                    "\u0000",
                    "é\uD83D\uDE00",
                    "\u202e",
                    "'; drop table twins; --",
                    "<script>alert(1)</script>",
                    "${jndi:ldap://x}",
                    "*",
                    "**",
                    "[]",
                    "{}",
                    "\"",
                    "\\",
                    ";",
                    ",",
                    "a,b,c,a,b,c",
                    "/",
                    "//",
                    "identity",
                    "identity.region,identity.region",
                    "-",
                    "id",
                    "--id");

    private static final List<String> INSTANTS =
            List.of(
                    "2026-02-25T00:00:00Z",
                    "2026-02-26T12:00:00.123456Z",
                    "2026-02-25T02:00:00+02:00",
                    "1970-01-01T00:00:00Z",
                    "0000-01-01T00:00:00Z",
                    "0001-01-01T00:00:00Z",
                    "-999999999-01-01T00:00:00Z",
                    "+999999999-12-31T23:59:59Z",
                    "9999-12-31T23:59:59.999999999Z",
                    "292277-01-09T04:00:54Z",
                    "2026-02-30T00:00:00Z",
                    "2026-02-25T24:00:00Z",
                    "2026-02-25T23:59:60Z",
                    "2026-02-25",
                    "now",
                    "1740000000",
                    "2026-02-25T00:00:00+18:01");

    private static final List<String> FILTERS =
            List.of(
                    "connectivity.state==live",
                    "connectivity.state=in=(live,autonomous)",
                    "drift.score=gt=1e400",
                    "drift.score=gt=0x10",
                    "drift.score=ge=-0",
                    "identity.region==*a*a*a*a*a*a*a*a*a*a*a*a*b",
                    "identity.region=='*'",
                    "identity.region==\"unclosed",
                    "identity.region==a;;",
                    "((((((((((connectivity.state==live))))))))))",
                    "connectivity.state=lt=live",
                    "connectivity.state=like=live",
                    "meta.revision==x",
                    "state.desired_state.config.a.b==1",
                    "state.actual_state.config.**==1",
                    "a=in=()",
                    "a==",
                    "==a",
                    "drift.status!=drifted,drift.status==drifted",
                    "drift.score==NaN",
                    "identity.name==\u0000");

    private static final List<String> FORGED =
            List.of(
                    "",
                    "-1",
                    "0",
                    "-2147483648",
                    "2147483647",
                    "99999999999999999999",
                    "1y2p0ij32e8e7",
                    "-1y2p0ij32e8e8",
                    "x",
                    "7 ",
                    " 7",
                    "7 7",
                    "a b c",
                    "\u0000",
                    "\uD83D\uDE00");

    /// Deep, long, or wide.
    private static final int LONG = 2_100;

    private final Random random;
    private final List<String> seen = new ArrayList<>();

    FuzzDraw(Random random) {
        this.random = random;
        seen.addAll(List.of("node-1", "node-2", "region-a", "drift", "trust", "current", "twins"));
    }

    /// Remembers an id, a cursor or a position of an answer, to be asked with.
    void see(String word) {
        if (seen.size() < 400) {
            seen.add(word);
        } else {
            seen.set(random.nextInt(seen.size()), word);
        }
    }

    boolean percent(int chance) {
        return random.nextInt(100) < chance;
    }

    <T> T pick(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    /// A value, not yet encoded.
    String value(Parameter parameter) {
        int kind = random.nextInt(10);
        if (kind < 5) {
            return fitting(parameter);
        }
        return switch (kind) {
            case 5 -> pick(seen);
            case 6 -> forged(pick(seen));
            case 7 -> damaged(percent(50) ? pick(seen) : fitting(parameter));
            case 8 -> pick(NASTY);
            default -> percent(10) ? longOne() : pick(NASTY) + pick(NASTY);
        };
    }

    private String fitting(Parameter parameter) {
        String name = parameter.name();
        if (!parameter.words().isEmpty() && percent(70)) {
            return pick(parameter.words());
        }
        if (name.equals("filter")) {
            return pick(FILTERS) + (percent(20) ? pick(List.of(";", ",")) + pick(FILTERS) : "");
        }
        if (Objects.equals(parameter.format(), "date-time")) {
            return pick(INSTANTS);
        }
        if (parameter.type().equals("integer")) {
            return pick(List.of("1", "2", "3", "1000", "1001", "0", "-1", "2147483648", "7.0"));
        }
        return switch (name) {
            case "step", "expiring_within" ->
                    pick(List.of("1s", "1h", "30d", "0s", "-1h", "9999999999d", "1us", "P1D", "1"));
            case "digest", "other" -> "a".repeat(64);
            case "purl" -> pick(List.of("pkg:npm/a", "pkg:npm/a@1", "pkg:", "a", "pkg:maven/a/b"));
            case "versions" ->
                    pick(List.of("vers:npm/>=1|<2", "vers:all/*", "vers:x/>", "[1,2)", ">1", "*"));
            case "fields", "path" ->
                    pick(List.of("identity", "/identity/region", "connectivity.state", "/a/~1/~0"));
            case "sort" -> pick(List.of("id", "-drift.score", "connectivity.sync_debt", "x"));
            case "type" -> pick(List.of("signaling", "state_transition", "x_beat", "a,b", ","));
            default -> pick(seen);
        };
    }

    private String damaged(String good) {
        if (good.isEmpty()) {
            return "x";
        }
        char[] text = good.toCharArray();
        for (int hits = 1 + random.nextInt(3); hits > 0; hits--) {
            text[random.nextInt(text.length)] = (char) (32 + random.nextInt(95));
        }
        String harmed = new String(text);
        return percent(30) ? harmed.substring(random.nextInt(harmed.length())) : harmed;
    }

    /// A token that was read, changed inside, and written again; another value as it is.
    private String forged(String token) {
        try {
            byte[] inside = Base64.getUrlDecoder().decode(token);
            String[] parts = new String(inside, StandardCharsets.UTF_8).split("\n", -1);
            if (parts.length > 1) {
                int at = 1 + random.nextInt(parts.length - 1);
                parts[at] = pick(FORGED);
                inside = String.join("\n", parts).getBytes(StandardCharsets.UTF_8);
            } else {
                inside[random.nextInt(inside.length)] ^= (byte) (1 << random.nextInt(8));
            }
            return Base64.getUrlEncoder().withoutPadding().encodeToString(inside);
        } catch (IllegalArgumentException _) {
            return token;
        }
    }

    private String longOne() {
        return switch (random.nextInt(5)) {
            case 0 -> "x".repeat(LONG);
            case 1 -> "(".repeat(LONG / 2) + "id==a" + ")".repeat(LONG / 2);
            case 2 -> "a.".repeat(LONG / 2) + "b==1";
            case 3 -> "id==a" + ",id==a".repeat(LONG / 8);
            default -> "/a".repeat(LONG / 2);
        };
    }

    /// In a path or a query: mostly as it should be, sometimes raw where that is no end of the line.
    String encoded(String value) {
        if (percent(6)) {
            return value.replaceAll("[^!-~]", "%zz");
        }
        return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
