package io.souverix.twin.torture;

import io.souverix.twin.engine.judge.PlainJson;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Asks the service over HTTP about one instant, and holds what comes back against what should.
final class Asking {
    private final HttpClient client;
    private final int port;
    private final Tally tally;
    private final Path directory;
    private final Instant at;
    private final @Nullable Instant known;

    /// @param known what only counts was recorded by then; null: all counts
    /// @param directory where long answers may lie for a while
    Asking(
            HttpClient client,
            int port,
            Tally tally,
            Path directory,
            Instant at,
            @Nullable Instant known) {
        this.client = client;
        this.port = port;
        this.tally = tally;
        this.directory = directory;
        this.at = at;
        this.known = known;
    }

    Instant at() {
        return at;
    }

    /// A value as a query has it.
    static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    private HttpRequest request(String path, String accept) {
        String past = "at=" + at + (known == null ? "" : "&known_at=" + known);
        return HttpRequest.newBuilder(
                        URI.create(
                                "http://127.0.0.1:"
                                        + port
                                        + path
                                        + (path.contains("?") ? "&" : "?")
                                        + past))
                .header("Accept", accept)
                .build();
    }

    private <T> T answer(
            String question, String path, String accept, HttpResponse.BodyHandler<T> body)
            throws IOException, InterruptedException {
        long began = System.nanoTime();
        HttpResponse<T> response = client.send(request(path, accept), body);
        tally.took(row(question), System.nanoTime() - began);
        if (response.statusCode() != 200) {
            Object told =
                    response.body() instanceof Path file
                            ? Files.readString(file)
                            : response.body() instanceof byte[] bytes
                                    ? new String(bytes, StandardCharsets.UTF_8)
                                    : response.body();
            throw new AssertionError(response.statusCode() + " to " + path + ": " + told);
        }
        return response.body();
    }

    private String row(String question) {
        return known == null ? question : question + " (known_at)";
    }

    /// The answer without what is outside the law.
    Map<String, @Nullable Object> get(String question, String path)
            throws IOException, InterruptedException {
        String text =
                answer(
                        question,
                        path,
                        "application/json",
                        HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
        return lawful(PlainJson.readObject(text));
    }

    private static Map<String, @Nullable Object> lawful(Map<String, @Nullable Object> answer) {
        answer.remove("position");
        answer.remove("known_at");
        if (answer.get("meta") instanceof Map<?, ?> meta) {
            meta.remove("position");
            meta.remove("known_at");
        }
        return answer;
    }

    /// The elements of a list, of so many pages at most.
    List<Map<String, @Nullable Object>> pages(String question, String path, String list, int most)
            throws IOException, InterruptedException {
        List<Map<String, @Nullable Object>> all = new ArrayList<>();
        Object cursor = "";
        for (int page = 0; page < most && cursor != null; page++) {
            String next = page == 0 ? "" : "&cursor=" + encoded(cursor.toString());
            Map<String, @Nullable Object> answer = get(question, path + next);
            all.addAll(objects(answer.get(list)));
            cursor = answer.get("next_cursor");
        }
        return all;
    }

    /// Every line of an answer in lines.
    void lines(String question, String path, Consumer<Map<String, @Nullable Object>> each)
            throws IOException, InterruptedException {
        Path file = directory.resolve("answer.ndjson");
        var _ =
                answer(
                        question,
                        path,
                        "application/x-ndjson",
                        HttpResponse.BodyHandlers.ofFile(file));
        try (BufferedReader reader = Files.newBufferedReader(file)) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                each.accept(lawful(PlainJson.readObject(line)));
            }
        }
        Files.delete(file);
    }

    byte[] bytes(String question, String path) throws IOException, InterruptedException {
        return answer(
                question,
                path,
                "application/octet-stream",
                HttpResponse.BodyHandlers.ofByteArray());
    }

    /// Holds an answer, or a part of one, against what it should be.
    ///
    /// @param detail what of the question; may be empty
    void same(String question, String detail, @Nullable Object expected, @Nullable Object found) {
        compared(question, 1);
        List<String> differences = PlainJson.differences(expected, found);
        if (!differences.isEmpty()) {
            wrong(question, detail, String.join("\n  ", differences.stream().limit(8).toList()));
        }
    }

    /// Counts so many lines that were held against what they should be.
    void compared(String question, long lines) {
        tally.compared(row(question), lines);
    }

    void wrong(String question, String detail, String what) {
        tally.mismatch(
                row(question),
                question
                        + " "
                        + detail
                        + " at "
                        + at
                        + (known == null ? "" : " known at " + known)
                        + ":\n  "
                        + what);
    }

    /// Holds two lists against each other, element by element; where one is cut, as far as it goes.
    void sameList(
            String question,
            String detail,
            List<? extends @Nullable Object> expected,
            List<? extends @Nullable Object> found,
            boolean cut) {
        compared(question, found.size());
        int both = Math.min(expected.size(), found.size());
        for (int i = 0; i < both; i++) {
            List<String> differences =
                    Objects.equals(expected.get(i), found.get(i))
                            ? List.of()
                            : PlainJson.differences(expected.get(i), found.get(i));
            if (!differences.isEmpty()) {
                wrong(
                        question,
                        detail + " element " + i,
                        String.join("\n  ", differences.stream().limit(8).toList()));
                return;
            }
        }
        if (cut ? found.size() > expected.size() : found.size() != expected.size()) {
            wrong(
                    question,
                    detail,
                    "expected " + expected.size() + " elements, found " + found.size());
        }
    }

    /// The objects of a list.
    @SuppressWarnings("unchecked")
    static List<Map<String, @Nullable Object>> objects(@Nullable Object list) {
        List<Map<String, @Nullable Object>> objects = new ArrayList<>();
        for (Object each : (List<?>) Objects.requireNonNull(list)) {
            objects.add((Map<String, @Nullable Object>) Objects.requireNonNull(each));
        }
        return objects;
    }
}
