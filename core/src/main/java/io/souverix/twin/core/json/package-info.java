/// JSON as values: what is read from clients, kept in the log and written in answers. Sees only the
/// JDK and Jackson's streaming parser. Read [Json] first, then [JsonReader] and [JsonWriter].
@NullMarked
package io.souverix.twin.core.json;

import org.jspecify.annotations.NullMarked;
