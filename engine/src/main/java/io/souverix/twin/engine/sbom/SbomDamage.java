package io.souverix.twin.engine.sbom;

/// A stored document that is not what it was when it was put; it is not served.
public final class SbomDamage extends RuntimeException {
    private static final long serialVersionUID = 1L;

    SbomDamage(String digest, String why) {
        super("the stored document " + digest + " is damaged: " + why + "; put it again");
    }
}
