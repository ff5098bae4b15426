package io.souverix.twin.core.query;

import io.souverix.twin.core.json.Json;
import io.souverix.twin.core.json.Json.JsonArray;
import io.souverix.twin.core.json.JsonObject;
import io.souverix.twin.core.twin.TwinView;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The parts of a twin that an answer has, by their paths: the whole of it ([#ALL]), or some of it and
/// the id. Equal where the paths are the same, in whatever order. Immutable.
public final class Selection {
    /// Every part.
    public static final Selection ALL = new Selection(new Part());

    /// How many paths there may be.
    public static final int MAX_PATHS = 100;

    private static final String META = "meta";

    private final Part root;

    /// What is wanted below a path; everything where nothing in particular is.
    private static final class Part {
        private final Map<String, Part> parts = new LinkedHashMap<>();

        boolean whole() {
            return parts.isEmpty();
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Part part && parts.equals(part.parts);
        }

        @Override
        public int hashCode() {
            return parts.hashCode();
        }

        Json of(Json value) {
            if (whole()) {
                return value;
            }
            return switch (value) {
                case JsonObject object -> {
                    JsonObject.Builder kept = new JsonObject.Builder();
                    object.forEach((name, member) -> {
                        Part part = parts.get(name);
                        if (part != null) {
                            kept.put(name, part.of(member));
                        }
                    });
                    yield kept.build();
                }
                case JsonArray(List<Json> elements) ->
                        new JsonArray(elements.stream().map(this::of).toList());
                case Json scalar -> scalar;
            };
        }
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Selection selection && root.equals(selection.root);
    }

    @Override
    public int hashCode() {
        return root.hashCode();
    }

    private Selection(Part root) {
        this.root = root;
    }

    /// Reads paths joined by commas.
    ///
    /// @throws InvalidQueryException where the twin shows nothing at a path
    public static Selection parse(String text) {
        List<String> paths = List.of(text.split(",", -1));
        if (paths.size() > MAX_PATHS) {
            throw new InvalidQueryException(
                    "found " + paths.size() + " paths, expected at most " + MAX_PATHS);
        }
        Selection selection = new Selection(new Part());
        selection.add(List.of("identity", "immutable_id"));
        for (String path : paths) {
            selection.add(Fields.shownPath(path));
        }
        return selection;
    }

    /// A path that is wanted whole stays whole, whatever else is asked below it.
    private void add(List<String> path) {
        Part at = root;
        for (int i = 0; i < path.size(); i++) {
            Part next = at.parts.get(path.get(i));
            if (next != null && next.whole()) {
                return;
            }
            if (next == null) {
                next = new Part();
                at.parts.put(path.get(i), next);
            }
            at = next;
        }
        at.parts.clear();
    }

    public boolean isAll() {
        return root.whole();
    }

    /// The twin as far as it is wanted, its members in the order of the whole.
    ///
    /// @param meta gives what the view does not know: the answer's `meta`
    public JsonObject of(TwinView view, Supplier<JsonObject> meta) {
        JsonObject.Builder twin = new JsonObject.Builder();
        if (isAll()) {
            view.json().forEach(twin::put);
            return twin.put(META, meta.get()).build();
        }
        for (String name : TwinView.MEMBERS) {
            Part part = root.parts.get(name);
            if (part != null) {
                twin.put(name, part.of(view.member(name)));
            }
        }
        Part part = root.parts.get(META);
        if (part != null) {
            twin.put(META, part.of(meta.get()));
        }
        return twin.build();
    }
}
