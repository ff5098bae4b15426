/// Answers of the service as tables: one class for each kind of answer. Pure: JSON in, text out.
@NullMarked
package io.souverix.twin.service.cli.view;

import org.jspecify.annotations.NullMarked;
