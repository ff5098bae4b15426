package io.souverix.twin.engine.sbom;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;

/// Reads CycloneDX in JSON, version 1.2 and later, as it streams by. One document; not thread-safe.
final class CycloneDxReader {
    /// How many components a document may have.
    static final int MAX_COMPONENTS = 200_000;

    /// How many dependencies between them.
    static final int MAX_EDGES = 2_000_000;

    private static final int MAX_DEPTH = 200;
    private static final Pattern SPEC_VERSION = Pattern.compile("1\\.([2-9]|[1-9]\\d{1,2})");
    private static final JsonFactory FACTORY =
            JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .streamReadConstraints(
                            StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
                    .build();

    private final List<Component> components = new ArrayList<>();
    private final List<List<Integer>> contained = new ArrayList<>();
    private final Map<String, Integer> byReference = new HashMap<>();
    private final Map<String, List<String>> dependencies = new HashMap<>();
    private int edges;
    private int root = -1;
    private @Nullable String format;
    private @Nullable String specVersion;

    private CycloneDxReader() {}

    /// Reads a whole document.
    ///
    /// @throws SbomFault where it is not JSON, or not CycloneDX
    static SbomDocument read(InputStream in, String digest, long recordedMicros, long bytes)
            throws SbomFault, IOException {
        CycloneDxReader reader = new CycloneDxReader();
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), in)) {
            reader.document(parser);
        } catch (JacksonException e) {
            if (e.getCause() instanceof IOException failure) {
                throw failure;
            }
            throw SbomFault.json("found no JSON that is taken: " + e.getOriginalMessage());
        }
        return reader.built(digest, recordedMicros, bytes);
    }

    private void document(JsonParser parser) throws SbomFault {
        JsonToken first = parser.nextToken();
        if (first == null) {
            throw SbomFault.json("found nothing, expected a JSON object");
        }
        if (first != JsonToken.START_OBJECT) {
            throw SbomFault.content("found another JSON value, expected an object");
        }
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            JsonToken value = parser.nextToken();
            switch (name) {
                case "bomFormat" -> format = text(parser, "bomFormat");
                case "specVersion" -> specVersion = text(parser, "specVersion");
                case "metadata" -> metadata(parser, value);
                case "components" -> components(parser, value, -1);
                case "dependencies" -> dependencies(parser, value);
                default -> parser.skipChildren();
            }
        }
        if (parser.nextToken() != null) {
            throw SbomFault.json("found more text after the document");
        }
    }

    private static @Nullable String text(JsonParser parser, String name) throws SbomFault {
        return switch (parser.currentToken()) {
            case VALUE_STRING -> parser.getString();
            case VALUE_NULL -> null;
            default -> throw SbomFault.content("found " + name + " that is no text");
        };
    }

    private void metadata(JsonParser parser, JsonToken value) throws SbomFault {
        if (value != JsonToken.START_OBJECT) {
            throw SbomFault.content("found metadata that is no object");
        }
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            JsonToken member = parser.nextToken();
            if (name.equals("component") && member == JsonToken.START_OBJECT) {
                root = component(parser);
            } else {
                parser.skipChildren();
            }
        }
    }

    private void components(JsonParser parser, JsonToken value, int container) throws SbomFault {
        if (value != JsonToken.START_ARRAY) {
            throw SbomFault.content("found components that are no list");
        }
        for (JsonToken t = parser.nextToken(); t != JsonToken.END_ARRAY; t = parser.nextToken()) {
            if (t != JsonToken.START_OBJECT) {
                throw SbomFault.content("found a component that is no object");
            }
            int added = component(parser);
            if (container >= 0) {
                contained.get(container).add(added);
            }
        }
    }

    /// Reads a component and those inside it; gives its place.
    private int component(JsonParser parser) throws SbomFault {
        if (components.size() == MAX_COMPONENTS) {
            throw SbomFault.content(
                    "found more than " + MAX_COMPONENTS + " components, expected at most that");
        }
        int place = components.size();
        components.add(Component.of("", "", null, null));
        contained.add(new ArrayList<>());
        Map<String, String> texts = new HashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            JsonToken value = parser.nextToken();
            switch (name) {
                case "bom-ref", "group", "name", "version", "purl" -> {
                    String text = text(parser, name);
                    if (text != null) {
                        texts.put(name, text);
                    }
                }
                case "components" -> components(parser, value, place);
                default -> parser.skipChildren();
            }
        }
        String name = texts.get("name");
        if (name == null) {
            throw SbomFault.content("found a component without a name");
        }
        String version = texts.getOrDefault("version", "");
        components.set(
                place,
                Component.of(
                        texts.getOrDefault("group", ""),
                        name,
                        version.isEmpty() ? null : version,
                        texts.get("purl")));
        String reference = texts.get("bom-ref");
        if (reference != null && byReference.putIfAbsent(reference, place) != null) {
            throw SbomFault.content("found the bom-ref " + shown(reference) + " twice");
        }
        return place;
    }

    private static String shown(String text) {
        return "\"" + (text.length() > 100 ? text.substring(0, 100) + "…" : text) + "\"";
    }

    private void dependencies(JsonParser parser, JsonToken value) throws SbomFault {
        if (value != JsonToken.START_ARRAY) {
            throw SbomFault.content("found dependencies that are no list");
        }
        for (JsonToken t = parser.nextToken(); t != JsonToken.END_ARRAY; t = parser.nextToken()) {
            if (t != JsonToken.START_OBJECT) {
                throw SbomFault.content("found a dependency that is no object");
            }
            String reference = null;
            List<String> on = List.of();
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                String name = parser.currentName();
                JsonToken member = parser.nextToken();
                if (name.equals("ref")) {
                    reference = text(parser, "ref");
                } else if (name.equals("dependsOn") && member == JsonToken.START_ARRAY) {
                    on = references(parser);
                } else {
                    parser.skipChildren();
                }
            }
            if (reference == null) {
                throw SbomFault.content("found a dependency without a ref");
            }
            dependencies.computeIfAbsent(reference, _ -> new ArrayList<>()).addAll(on);
        }
    }

    private List<String> references(JsonParser parser) throws SbomFault {
        List<String> references = new ArrayList<>();
        for (JsonToken t = parser.nextToken(); t != JsonToken.END_ARRAY; t = parser.nextToken()) {
            if (t != JsonToken.VALUE_STRING) {
                throw SbomFault.content("found in dependsOn what is no text");
            }
            if (++edges > MAX_EDGES) {
                throw SbomFault.content("found more than " + MAX_EDGES + " dependencies");
            }
            references.add(parser.getString());
        }
        return references;
    }

    private SbomDocument built(String digest, long recordedMicros, long bytes) throws SbomFault {
        if (!"CycloneDX".equals(format)) {
            throw SbomFault.content(
                    "found bomFormat "
                            + (format == null ? "nothing" : shown(format))
                            + ", expected \"CycloneDX\"");
        }
        String version = specVersion;
        if (version == null || !SPEC_VERSION.matcher(version).matches()) {
            throw SbomFault.content(
                    "found specVersion "
                            + (version == null ? "nothing" : shown(version))
                            + ", expected \"1.2\" or later");
        }
        List<int[]> places = new ArrayList<>();
        for (List<Integer> inside : contained) {
            places.add(inside.stream().mapToInt(Integer::intValue).toArray());
        }
        dependencies.forEach((reference, on) -> {
            Integer from = byReference.get(reference);
            if (from != null) {
                places.set(from, joined(on, places.get(from)));
            }
        });
        return new SbomDocument(
                new SbomDocument.Source(digest, recordedMicros, bytes, version),
                components,
                root,
                places);
    }

    private int[] joined(List<String> references, int[] inside) {
        List<Integer> all = new ArrayList<>();
        for (String reference : references) {
            Integer place = byReference.get(reference);
            if (place != null) {
                all.add(place);
            }
        }
        for (int place : inside) {
            all.add(place);
        }
        return all.stream().mapToInt(Integer::intValue).toArray();
    }
}
