package io.souverix.twin.torture;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What is tried, and for how long.
///
/// @param seed of the first case of every trial; the next ones count up
/// @param time after which no case is begun
/// @param cases how many of each trial at most
/// @param only the trials to run, in their order
/// @param patience after which a case hangs
/// @param fleet of `questions`
record Settings(
        long seed,
        Duration time,
        int cases,
        List<String> only,
        Path directory,
        @Nullable Path json,
        Duration patience,
        QuestionTrial.Size fleet) {
    static final QuestionTrial.Size DEFAULT_FLEET = new QuestionTrial.Size(3_000, 60_000, 6, 1);
    private static final Duration DEFAULT_TIME = Duration.ofMinutes(10);
    private static final Duration DEFAULT_PATIENCE = Duration.ofMinutes(10);

    Settings {
        only = List.copyOf(only);
    }

    static Settings parse(String[] args, Collection<String> trials) {
        long seed = System.nanoTime() >>> 10;
        Duration time = DEFAULT_TIME;
        int cases = Integer.MAX_VALUE;
        List<String> only = new ArrayList<>(trials);
        Path directory = Path.of(System.getProperty("java.io.tmpdir"));
        Path json = null;
        Duration patience = DEFAULT_PATIENCE;
        QuestionTrial.Size fleet = DEFAULT_FLEET;
        for (int i = 0; i < args.length; i += 2) {
            String value = i + 1 < args.length ? args[i + 1] : null;
            switch (args[i]) {
                case "--seed" -> seed = number(args[i], value);
                case "--minutes" -> time = Duration.ofMinutes(number(args[i], value));
                case "--cases" -> cases = Math.toIntExact(number(args[i], value));
                case "--only" -> only = named(text(args[i], value), trials);
                case "--directory" -> directory = Path.of(text(args[i], value));
                case "--patience" -> patience = Duration.ofMinutes(number(args[i], value));
                case "--nodes" -> fleet = fleet.withNodes(number(args[i], value));
                case "--events" -> fleet = fleet.withEvents(number(args[i], value));
                case "--moments" -> fleet = fleet.withMoments(number(args[i], value));
                case "--one-in" -> fleet = fleet.withOneIn(number(args[i], value));
                case "--json" -> json = Path.of(text(args[i], value));
                default ->
                        throw new IllegalArgumentException(
                                "found "
                                        + args[i]
                                        + ", expected --seed N, --minutes N, --cases N, --only"
                                        + " NAME,…, --directory DIR, --json FILE, --patience N,"
                                        + " --nodes N, --events N, --moments N or --one-in N");
            }
        }
        return new Settings(seed, time, cases, only, directory, json, patience, fleet);
    }

    /// The options that say what a trial is, beside its seed, where they are not what they would be.
    String options(String trial) {
        return trial.equals(Trials.QUESTIONS) && !fleet.equals(DEFAULT_FLEET)
                ? " --nodes %d --events %d --moments %d --one-in %d"
                        .formatted(fleet.nodes(), fleet.events(), fleet.moments(), fleet.oneIn())
                : "";
    }

    private static List<String> named(String names, Collection<String> trials) {
        List<String> only = List.of(names.split(",", -1));
        for (String name : only) {
            if (!trials.contains(name)) {
                throw new IllegalArgumentException(
                        "found the trial " + name + ", expected of " + String.join(", ", trials));
            }
        }
        return only;
    }

    private static long number(String option, @Nullable String value) {
        try {
            return Long.parseLong(text(option, value));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "found " + option + " " + value + ", expected a whole number", e);
        }
    }

    private static String text(String option, @Nullable String value) {
        if (value == null) {
            throw new IllegalArgumentException("expected a value after " + option);
        }
        return value;
    }
}
