package io.souverix.twin.core.event;

import io.souverix.twin.core.json.Extent;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Reads an event in the native envelope the way nearly all are written, straight from its bytes, and
/// leaves every other to [EventReader]: it refuses nothing. Thread-safe.
final class QuickEnvelope {
    private static final int MAX_INTEGER_DIGITS = 15;

    /// How many sources are kept; a power of two.
    private static final int MAX_SOURCES = 512;

    /// How many characters at its end a source is found by.
    private static final int HASHED_END = 16;

    private final PayloadTexts payloads;

    /// A lost race keeps nothing worse than another copy.
    private final @Nullable String[] sources = new String[MAX_SOURCES];

    QuickEnvelope(PayloadTexts payloads) {
        this.payloads = payloads;
    }

    /// The members of an envelope.
    private enum Member {
        ID,
        TIMESTAMP,
        NODE_ID,
        DOMAIN_ID,
        COMPONENT,
        EVENT_TYPE,
        PAYLOAD,
        SOURCE,
        SEQUENCE,
        EPOCH;

        private static final Member[] ALL = values();
        private final String word = name().toLowerCase(Locale.ROOT);

        /// The member that some bytes name, or null.
        static @Nullable Member named(byte[] bytes, int from, int to) {
            for (Member member : ALL) {
                if (member.word.length() == to - from && member.isAt(bytes, from)) {
                    return member;
                }
            }
            return null;
        }

        private boolean isAt(byte[] bytes, int from) {
            for (int i = 0; i < word.length(); i++) {
                if (bytes[from + i] != word.charAt(i)) {
                    return false;
                }
            }
            return true;
        }
    }

    /// The event that these bytes are, or null where it takes more care to say.
    @Nullable Event read(byte[] bytes, int offset, int length) {
        Cursor cursor = new Cursor(bytes, offset, offset + length);
        return cursor.members() ? event(cursor) : null;
    }

    private @Nullable Event event(Cursor found) {
        String id = found.text(Member.ID);
        long timestamp = timestamp(found);
        Subject subject = found.subject();
        EventType type = type(found);
        String source = found.has(Member.SOURCE) ? source(found) : null;
        boolean usual =
                timestamp != Times.NONE
                        && subject != null
                        && type != null
                        && (type.subject() == null || type.subject() == subject.kind())
                        && (source == null || isSource(source))
                        && EventReader.isEventId(id)
                        && found.has(Member.PAYLOAD);
        if (!usual || type == null || subject == null) {
            return null;
        }
        try {
            PayloadTexts.Read payload =
                    payloads.usual(
                            type,
                            found.bytes,
                            found.from(Member.PAYLOAD),
                            found.length(Member.PAYLOAD),
                            timestamp);
            return payload == null
                    ? null
                    : Event.of(
                            id,
                            timestamp,
                            subject,
                            type == EventType.EXTENSION
                                    ? found.text(Member.EVENT_TYPE)
                                    : type.word(),
                            source,
                            found.integer(Member.SEQUENCE),
                            found.integer(Member.EPOCH),
                            payload.payload(),
                            payload.canonical());
        } catch (RefusedException _) {
            return null;
        }
    }

    /// The timestamp, or [Times#NONE].
    private static long timestamp(Cursor found) {
        int from = found.from(Member.TIMESTAMP);
        long quick = Times.quick(found.bytes, from, found.length(Member.TIMESTAMP));
        return quick == Times.NONE
                ? Times.parse(found.text(Member.TIMESTAMP)).orElse(Times.NONE)
                : quick;
    }

    private static @Nullable EventType type(Cursor found) {
        EventType type =
                EventType.named(
                        found.bytes,
                        found.from(Member.EVENT_TYPE),
                        found.length(Member.EVENT_TYPE));
        return type == null ? EventType.named(found.text(Member.EVENT_TYPE)) : type;
    }

    /// Sources are few: most come as the very text that came before.
    private String source(Cursor found) {
        int from = found.from(Member.SOURCE);
        int length = found.length(Member.SOURCE);
        int hash = length;
        for (int i = Math.max(0, length - HASHED_END); i < length; i++) {
            hash = 31 * hash + found.bytes[from + i];
        }
        int place = hash & (MAX_SOURCES - 1);
        String known = sources[place];
        if (known != null && found.isText(known, Member.SOURCE)) {
            return known;
        }
        String fresh = found.text(Member.SOURCE);
        sources[place] = fresh;
        return fresh;
    }

    private static boolean isSource(String text) {
        return !text.isEmpty() && text.length() <= EventReader.MAX_SOURCE_LENGTH;
    }

    /// Goes over one envelope and notes where the values of its members stand.
    private static final class Cursor {
        private final byte[] bytes;
        private final int end;
        private int at;
        private final int[] from = new int[Member.ALL.length];
        private final int[] to = new int[Member.ALL.length];

        Cursor(byte[] bytes, int from, int end) {
            this.bytes = bytes;
            this.at = from;
            this.end = end;
        }

        boolean has(Member member) {
            return to[member.ordinal()] > 0;
        }

        int from(Member member) {
            return from[member.ordinal()];
        }

        int length(Member member) {
            return to[member.ordinal()] - from[member.ordinal()];
        }

        /// The characters of a text; empty where the member is absent.
        String text(Member member) {
            return new String(bytes, from(member), length(member), StandardCharsets.ISO_8859_1);
        }

        /// Whether a member is that text.
        boolean isText(String text, Member member) {
            if (text.length() != length(member)) {
                return false;
            }
            int from = from(member);
            for (int i = text.length() - 1; i >= 0; i--) {
                if (bytes[from + i] != text.charAt(i)) {
                    return false;
                }
            }
            return true;
        }

        /// The digits of a number; 0 where the member is absent.
        long integer(Member member) {
            long value = 0;
            for (int i = from(member); i < to[member.ordinal()]; i++) {
                value = value * 10 + bytes[i] - '0';
            }
            return value;
        }

        /// The one subject, or null.
        @Nullable Subject subject() {
            int named = 0;
            Subject subject = null;
            for (Subject.Kind kind : KINDS) {
                Member member = SUBJECTS[kind.ordinal()];
                if (has(member)) {
                    named++;
                    String id = text(member);
                    subject = Subject.isId(id) ? new Subject(kind, id) : null;
                }
            }
            return named == 1 ? subject : null;
        }

        private static final Subject.Kind[] KINDS = Subject.Kind.values();
        private static final Member[] SUBJECTS = {
            Member.NODE_ID, Member.DOMAIN_ID, Member.COMPONENT
        };

        /// Goes over all there is; false where something is not as usual.
        boolean members() {
            if (!next('{')) {
                return false;
            }
            do {
                if (!member()) {
                    return false;
                }
            } while (next(','));
            return next('}') && token() < 0;
        }

        private boolean member() {
            if (!next('"')) {
                return false;
            }
            int nameFrom = at;
            int nameTo = endOfText();
            Member member = nameTo < 0 ? null : Member.named(bytes, nameFrom, nameTo);
            if (member == null || has(member) || !next(':')) {
                return false;
            }
            return switch (member) {
                case ID, TIMESTAMP, NODE_ID, DOMAIN_ID, COMPONENT, EVENT_TYPE, SOURCE ->
                        text(member.ordinal());
                case SEQUENCE, EPOCH -> number(member.ordinal());
                case PAYLOAD -> payload(member.ordinal());
            };
        }

        private boolean text(int member) {
            if (!next('"')) {
                return false;
            }
            from[member] = at;
            to[member] = endOfText();
            return to[member] >= 0;
        }

        /// Moves behind the quote that ends a text; where that stands, or -1.
        private int endOfText() {
            for (; at < end; at++) {
                byte b = bytes[at];
                if (b == '"') {
                    return at++;
                }
                if (b < ' ' || b == '\\') {
                    return -1;
                }
            }
            return -1;
        }

        private boolean number(int member) {
            int first = token();
            from[member] = at;
            while (at < end && bytes[at] >= '0' && bytes[at] <= '9') {
                at++;
            }
            to[member] = at;
            int digits = at - from[member];
            return digits > 0 && digits <= MAX_INTEGER_DIGITS && (first != '0' || digits == 1);
        }

        private boolean payload(int member) {
            if (token() != '{') {
                return false;
            }
            from[member] = at;
            at = Extent.ofNested(bytes, at, end);
            to[member] = at;
            return at > from[member];
        }

        /// The next byte that is no white space, or -1.
        private int token() {
            while (at < end) {
                byte b = bytes[at];
                if (b != ' ' && b != '\t' && b != '\n' && b != '\r') {
                    return b & 0xff;
                }
                at++;
            }
            return -1;
        }

        private boolean next(char expected) {
            if (token() != expected) {
                return false;
            }
            at++;
            return true;
        }
    }
}
