package io.souverix.twin.service.config;

import java.util.List;

/// A configuration file that is not taken. Every fault is named: the key, what was found, and what
/// was expected.
public final class ConfigurationException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient List<String> faults;

    ConfigurationException(String file, List<String> faults) {
        super(file + ": " + String.join("; ", faults), null, false, false);
        this.faults = List.copyOf(faults);
    }

    /// One sentence for each fault.
    public List<String> faults() {
        return faults;
    }
}
