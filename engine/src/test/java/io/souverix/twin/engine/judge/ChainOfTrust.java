package io.souverix.twin.engine.judge;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The certificate chain of a node, as claimed or as its PEM shows it.
final class ChainOfTrust {
    private static final Duration LONGEST_HORIZON = Duration.ofDays(30);

    private final List<Map<String, @Nullable Object>> claimed;
    private final List<Pki.@Nullable Made> made;
    private final List<String> anchors;

    ChainOfTrust(Question asked) {
        claimed = of(asked.history());
        anchors = asked.rules().trusted().anchors();
        made = new ArrayList<>();
        boolean withPem = !claimed.isEmpty() && claimed.getFirst().get("pem") != null;
        for (Map<String, @Nullable Object> certificate : claimed) {
            String pem = Members.text(certificate, "pem");
            made.add(withPem && pem != null ? Pki.byPem(pem) : null);
        }
    }

    /// The certificates of the newest chain, leaf first; empty without one.
    static List<Map<String, @Nullable Object>> of(List<Event> history) {
        Event rotated = Walk.lastOf(history, "certificate_rotated");
        return rotated == null
                ? List.of()
                : Members.objects(rotated.payload(), "certificate_chain");
    }

    boolean isEmpty() {
        return claimed.isEmpty();
    }

    private boolean isMalformed() {
        return claimed.getFirst().get("pem") != null && made.contains(null);
    }

    private boolean withPem() {
        return !made.isEmpty() && made.getFirst() != null && !made.contains(null);
    }

    private Pki.Made made(int index) {
        return Objects.requireNonNull(made.get(index));
    }

    @Nullable Instant validUntil() {
        return claimed.isEmpty() ? null : until(0);
    }

    Instant until(int index) {
        return withPem()
                ? made(index).validUntil()
                : Times.instant(String.valueOf(claimed.get(index).get("valid_until")));
    }

    @Nullable Instant from(int index) {
        return withPem()
                ? made(index).validFrom()
                : Times.instantOrNull(Members.text(claimed.get(index), "valid_from"));
    }

    /// As the trust index lists it.
    List<Map<String, @Nullable Object>> shown() {
        List<Map<String, @Nullable Object>> shown = new ArrayList<>();
        for (int i = 0; i < claimed.size(); i++) {
            shown.add(
                    Members.of(
                            "issuer", claimed.get(i).get("issuer"),
                            "subject", claimed.get(i).get("subject"),
                            "valid_from", from(i),
                            "valid_until", until(i),
                            "signature", claimed.get(i).get("signature")));
        }
        return shown;
    }

    /// What the certificates prove, whatever the instant.
    Trust.Verdict proof(String node) {
        if (!withPem()) {
            return !isMalformed() && names(claimed.getFirst(), node)
                    ? Trust.Verdict.AFFIRMING
                    : Trust.Verdict.CONTRAINDICATED;
        }
        boolean named = made(0).names().contains(node);
        if (anchors.isEmpty()) {
            return named && fitsTogether() ? Trust.Verdict.WARNING : Trust.Verdict.CONTRAINDICATED;
        }
        Pki.Made last = made(judged() - 1);
        boolean anchored = fitsTogether() && last.sound() && anchors.contains(last.issuer());
        return named && (anchored || anchors.contains(made(0).name()))
                ? Trust.Verdict.AFFIRMING
                : Trust.Verdict.CONTRAINDICATED;
    }

    /// Whether each certificate that is judged is rightly signed by the next.
    private boolean fitsTogether() {
        for (int i = 0; i + 1 < judged(); i++) {
            if (!made(i).sound() || !made(i).issuer().equals(made(i + 1).name())) {
                return false;
            }
        }
        return true;
    }

    /// How many certificates stand below the first that is an anchor itself.
    private int judged() {
        for (int i = 1; withPem() && i < made.size(); i++) {
            if (anchors.contains(made(i).name())) {
                return i;
            }
        }
        return claimed.size();
    }

    private static boolean names(Map<String, @Nullable Object> leaf, String node) {
        String subject = String.valueOf(leaf.get("subject"));
        return subject.equals(node)
                || Arrays.stream(subject.split(","))
                        .anyMatch(part -> part.strip().equals("CN=" + node));
    }

    /// The worst that the dates say.
    Trust.Verdict dates(Instant now) {
        Trust.Verdict worst = Trust.Verdict.AFFIRMING;
        for (int i = 0; i < judged(); i++) {
            Trust.Verdict verdict = dates(i, now);
            worst = verdict.compareTo(worst) > 0 ? verdict : worst;
        }
        return worst;
    }

    private Trust.Verdict dates(int index, Instant now) {
        Instant from = from(index);
        Instant until = until(index);
        if (now.isAfter(until) || (from != null && now.isBefore(from))) {
            return Trust.Verdict.CONTRAINDICATED;
        }
        Duration horizon = LONGEST_HORIZON;
        if (from != null && Duration.between(from, until).dividedBy(3).compareTo(horizon) < 0) {
            horizon = Duration.between(from, until).dividedBy(3);
        }
        return Duration.between(now, until).compareTo(horizon) <= 0
                ? Trust.Verdict.WARNING
                : Trust.Verdict.AFFIRMING;
    }
}
