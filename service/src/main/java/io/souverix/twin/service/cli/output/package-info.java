/// How the command line speaks: JSON, YAML and tables on standard output, progress on standard
/// error, colour only where a person looks. Sees `core.json` only. Read [Terminal] and [Table].
@NullMarked
package io.souverix.twin.service.cli.output;

import org.jspecify.annotations.NullMarked;
