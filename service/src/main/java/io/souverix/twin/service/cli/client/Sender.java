package io.souverix.twin.service.cli.client;

import io.souverix.twin.core.json.Json;
import io.souverix.twin.service.cli.output.Members;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Sends batches of events to a service, and comes back later where it is asked to. Sending again is
/// harmless: what was taken is answered as duplicate.
public final class Sender {
    /// How often a batch is sent before giving up.
    static final int MAX_ATTEMPTS = 10;

    /// The longest pause the service is granted between two attempts.
    static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    private static final long FIRST_PAUSE_MS = 200;

    private final ServiceClient client;
    private final Pause pause;

    /// Lets time pass.
    @FunctionalInterface
    public interface Pause {
        /// The thread sleeps.
        Pause SLEEP = Thread::sleep;

        void of(Duration duration) throws InterruptedException;
    }

    public Sender(ServiceClient client, Pause pause) {
        this.client = client;
        this.pause = pause;
    }

    /// Sends a batch.
    ///
    /// @param file where its events come from, for messages
    /// @throws Failure where the service is not there, or does not take it
    public Outcome send(Batch batch, String file) {
        for (int attempt = 1; ; attempt++) {
            Reply reply = client.post(batch.bytes(), batch.length());
            boolean counted = reply.succeeded() || reply.status() == 422;
            if (counted && !Members.isNull(reply.body(), "rejected")) {
                return outcome(reply.body(), batch, file);
            }
            if (!reply.comeBackLater()) {
                throw client.refusal(reply);
            }
            if (attempt == MAX_ATTEMPTS) {
                throw new Failure(
                        client.refusal(reply).getMessage()
                                + "; gave up after "
                                + MAX_ATTEMPTS
                                + " attempts",
                        "Send again later: what was taken is answered as duplicate.");
            }
            rest(reply, attempt);
        }
    }

    private void rest(Reply reply, int attempt) {
        Duration asked =
                reply.retryAfterSeconds().isPresent()
                        ? Duration.ofSeconds(Math.max(0, reply.retryAfterSeconds().getAsLong()))
                        : Duration.ofMillis(FIRST_PAUSE_MS << Math.min(attempt - 1, 8));
        try {
            pause.of(asked.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : asked);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Failure("interrupted", "", e);
        }
    }

    private static Outcome outcome(Json body, Batch batch, String file) {
        return new Outcome(
                Members.string(body, "position").orElse(""),
                Members.number(body, "applied"),
                Members.number(body, "late"),
                Members.number(body, "duplicate"),
                Members.number(body, "rejected"),
                remarks(Members.list(body, "errors"), batch, file),
                remarks(Members.list(body, "warnings"), batch, file));
    }

    private static List<Outcome.Remark> remarks(List<Json> list, Batch batch, String file) {
        List<Outcome.Remark> remarks = new ArrayList<>();
        for (Json one : list.subList(0, Math.min(list.size(), Outcome.MAX_LISTED))) {
            remarks.add(
                    new Outcome.Remark(
                            file,
                            batch.line(Members.number(one, "index")),
                            Members.string(one, "id").orElse(""),
                            Members.string(one, "code").orElse(""),
                            Members.string(one, "pointer").orElse(""),
                            Members.string(one, "detail").orElse("")));
        }
        return remarks;
    }
}
