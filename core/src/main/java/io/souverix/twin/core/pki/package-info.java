/// Certificates, keys and signatures: pure checks of bytes in memory, with the algorithms of the JDK.
/// Sees nothing of this project. Read [CertificatePath] first.
@NullMarked
package io.souverix.twin.core.pki;

import org.jspecify.annotations.NullMarked;
