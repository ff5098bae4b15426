package io.souverix.twin.service.cli.output;

/// How results are written. The names are the words of the command line.
public enum OutputFormat {
    JSON,
    YAML,
    TABLE
}
