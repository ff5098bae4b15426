package io.souverix.twin.service.cli.output;

/// Colours text for a terminal, or leaves it as it is. Colour never stands alone: every word that is
/// coloured says the same without.
public enum Paint {
    NONE,
    COLOUR;

    private static final String RESET = "\u001b[0m";

    public String apply(Tone tone, String text) {
        String code = this == NONE ? "" : code(tone);
        return code.isEmpty() || text.isEmpty() ? text : "\u001b[" + code + "m" + text + RESET;
    }

    private static String code(Tone tone) {
        return switch (tone) {
            case PLAIN -> "";
            case STRONG -> "1";
            case FAINT -> "2";
            case GOOD -> "32";
            case NOTICE -> "33";
            case BAD -> "31";
        };
    }
}
