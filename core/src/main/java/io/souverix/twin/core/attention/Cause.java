package io.souverix.twin.core.attention;

import io.souverix.twin.core.codec.StateReader;
import io.souverix.twin.core.codec.StateWriter;
import io.souverix.twin.core.json.Json;
import io.souverix.twin.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;

/// A rule, and what it is raised because of: where both are equal, it is told once.
///
/// @param members what it is raised because of, in the order it is told
public record Cause(Alert alert, JsonObject members) {
    private static final Alert[] ALERTS = Alert.values();

    private record Member(String name, Json value) {}

    /// As bytes, for a checkpoint.
    public void write(StateWriter out) {
        List<Member> list = new ArrayList<>();
        members.forEach((name, value) -> list.add(new Member(name, value)));
        out.constant(alert).list(list, (o, member) -> o.text(member.name).json(member.value));
    }

    /// Reads what [#write] wrote.
    public static Cause read(StateReader in) {
        Alert alert = in.constant(ALERTS);
        JsonObject.Builder members = new JsonObject.Builder();
        in.list(i -> new Member(i.text(), Json.orNull(i.optionalJson())))
                .forEach(member -> members.put(member.name, member.value));
        return new Cause(alert, members.build());
    }
}
