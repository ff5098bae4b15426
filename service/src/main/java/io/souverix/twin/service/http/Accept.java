package io.souverix.twin.service.http;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The header `Accept` (RFC 9110): which of the offered media types a client likes best.
final class Accept {
    private Accept() {}

    /// The offered type of the highest quality, the earlier one where two are equal; the first one
    /// where the client named none.
    ///
    /// @throws ProblemException where none is acceptable
    static String choose(@Nullable String header, List<String> offered) {
        if (header == null || header.isBlank() || header.equals("*/*")) {
            return offered.getFirst();
        }
        String best = "";
        double bestQuality = 0;
        for (String type : offered) {
            double quality = quality(header, type);
            if (quality > bestQuality) {
                best = type;
                bestQuality = quality;
            }
        }
        if (best.isEmpty()) {
            throw ProblemException.of(
                    ProblemCode.NOT_ACCEPTABLE,
                    "found Accept: "
                            + Texts.shown(header)
                            + ", expected one that takes "
                            + String.join(" or ", offered));
        }
        return best;
    }

    /// The quality the most specific matching range gives a type.
    private static double quality(String header, String type) {
        double quality = 0;
        int mostSpecific = -1;
        for (String range : header.split(",")) {
            String[] parts = range.split(";", -1);
            int specific = specificity(parts[0].trim().toLowerCase(Locale.ROOT), type);
            if (specific > mostSpecific) {
                mostSpecific = specific;
                quality = qualityOf(parts);
            }
        }
        return quality;
    }

    private static int specificity(String range, String type) {
        if (range.equals(type)) {
            return 2;
        }
        if (range.equals("*/*")) {
            return 0;
        }
        boolean sameKind =
                range.endsWith("/*") && type.startsWith(range.substring(0, range.length() - 1));
        return sameKind ? 1 : -1;
    }

    private static double qualityOf(String[] parts) {
        for (int i = 1; i < parts.length; i++) {
            String parameter = parts[i].trim();
            if (parameter.startsWith("q=") || parameter.startsWith("Q=")) {
                try {
                    return Double.parseDouble(parameter.substring(2));
                } catch (NumberFormatException _) {
                    return 0;
                }
            }
        }
        return 1;
    }
}
