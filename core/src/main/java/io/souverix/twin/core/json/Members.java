package io.souverix.twin.core.json;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Sorts the members of objects by name as they are read.
final class Members {
    /// Objects of more members are sorted by merging, not by insertion.
    private static final int MAX_INSERTION_SORT = 24;

    private Members() {}

    /// Sorts in place; false where a name comes twice.
    static boolean sort(String[] names, Json[] values) {
        if (names.length > MAX_INSERTION_SORT) {
            mergeSort(names, values);
        } else {
            insertionSort(names, values);
        }
        return repeated(names) == null;
    }

    /// The first of some sorted names that comes twice, or null.
    static @Nullable String repeated(String[] names) {
        for (int i = 1; i < names.length; i++) {
            if (names[i].equals(names[i - 1])) {
                return names[i];
            }
        }
        return null;
    }

    private static void insertionSort(String[] names, Json[] values) {
        for (int i = 1; i < names.length; i++) {
            String name = names[i];
            Json value = values[i];
            int at = i;
            while (at > 0 && names[at - 1].compareTo(name) > 0) {
                names[at] = names[at - 1];
                values[at] = values[at - 1];
                at--;
            }
            names[at] = name;
            values[at] = value;
        }
    }

    private static void mergeSort(String[] names, Json[] values) {
        Integer[] order = new Integer[names.length];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, (a, b) -> names[a].compareTo(names[b]));
        String[] unsortedNames = names.clone();
        Json[] unsortedValues = values.clone();
        for (int i = 0; i < order.length; i++) {
            names[i] = unsortedNames[order[i]];
            values[i] = unsortedValues[order[i]];
        }
    }
}
