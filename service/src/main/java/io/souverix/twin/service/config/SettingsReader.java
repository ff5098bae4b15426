package io.souverix.twin.service.config;

import io.souverix.twin.core.json.Json;
import io.souverix.twin.core.json.JsonFault;
import io.souverix.twin.core.json.JsonReader;
import io.souverix.twin.service.http.ServerSettings.Limits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads [Settings] from a file.
final class SettingsReader {
    /// How many bytes a configuration file may have.
    static final long MAX_BYTES = 4 << 20;

    private static final Duration MAX_READ_TIMEOUT = Duration.ofHours(1);

    private SettingsReader() {}

    static Settings read(Path file) throws ConfigurationException {
        List<String> faults = new ArrayList<>();
        Section root = Section.of("", json(file), faults);
        Settings settings = settings(root, Settings.defaults());
        root.end();
        if (!faults.isEmpty()) {
            throw new ConfigurationException(file.toString(), faults);
        }
        return settings;
    }

    private static Json json(Path file) throws ConfigurationException {
        try {
            if (Files.size(file) > MAX_BYTES) {
                throw fault(
                        file,
                        "found " + Files.size(file) + " bytes, expected at most " + MAX_BYTES);
            }
            byte[] bytes = Files.readAllBytes(file);
            return file.toString().endsWith(".json")
                    ? new JsonReader().read(bytes)
                    : YamlReader.read(bytes);
        } catch (JsonFault e) {
            throw fault(file, String.valueOf(e.getMessage()));
        } catch (IOException e) {
            throw fault(file, "cannot be read: " + e);
        }
    }

    private static ConfigurationException fault(Path file, String what) {
        return new ConfigurationException(file.toString(), List.of(what));
    }

    private static Settings settings(Section root, Settings defaults) {
        Settings settings =
                new Settings(
                        root.text("host", defaults.host()),
                        (int) root.integer("port", 0, 65_535, defaults.port()),
                        path(root, "data", defaults.data()),
                        root.duration("max_future", Duration.ZERO, defaults.maxFuture()),
                        (int) root.integer("shards", 1, 256, defaults.shards()),
                        root.integer(
                                "checkpoint_events",
                                1_000,
                                1_000_000_000_000L,
                                defaults.checkpointEvents()),
                        retain(root),
                        limits(root.section("limits"), defaults.limits()),
                        RulesReader.rules(root.section("rules")));
        return settings;
    }

    /// How much of the past is retained; all of it where nothing is said.
    private static @Nullable Duration retain(Section root) {
        Duration retain = root.duration("retain", Settings.LEAST_RETAINED, Duration.ZERO);
        return retain.isZero() ? null : retain;
    }

    private static Path path(Section section, String name, Path otherwise) {
        String text = section.text(name, otherwise.toString());
        try {
            return Path.of(text);
        } catch (InvalidPathException _) {
            section.fault(name, Json.of(text), "the path of a folder");
            return otherwise;
        }
    }

    private static Limits limits(Section section, Limits defaults) {
        Duration readTimeout =
                section.duration("read_timeout", Duration.ofSeconds(1), defaults.readTimeout());
        if (readTimeout.compareTo(MAX_READ_TIMEOUT) > 0) {
            section.fault(
                    "read_timeout",
                    Json.of(readTimeout.toSeconds() + "s"),
                    "at most " + MAX_READ_TIMEOUT.toSeconds() + "s");
        }
        Limits limits =
                new Limits(
                        (int) section.integer("connections", 1, 1_000_000, defaults.connections()),
                        (int) section.integer("requests", 1, 1_000_000, defaults.requests()),
                        (int) section.integer("appends", 1, 100_000, defaults.appends()),
                        (int) section.integer("streams", 1, 100_000, defaults.streams()),
                        readTimeout,
                        defaults.bookmark());
        section.end();
        return limits;
    }
}
