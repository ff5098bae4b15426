package io.souverix.twin.core.pki;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.List;

/// A public key that is trusted by configuration, under a name.
public record PinnedKey(String name, PublicKey key) {
    private static final int P256_RAW_BYTES = 64;

    /// Reads a key from PEM: one block `PUBLIC KEY` of kind Ed25519, ECDSA P-256, or RSA.
    ///
    /// @throws PkiException where it is none of these
    public static PinnedKey read(String name, String pem) throws PkiException {
        List<Pem.Block> blocks = Pem.blocks(pem);
        if (blocks.size() != 1 || !blocks.getFirst().label().equals("PUBLIC KEY")) {
            throw new PkiException(
                    "found "
                            + blocks.stream().map(Pem.Block::label).toList()
                            + ", expected one PEM block PUBLIC KEY");
        }
        X509EncodedKeySpec encoded = new X509EncodedKeySpec(blocks.getFirst().der());
        for (String algorithm : List.of("Ed25519", "EC", "RSA")) {
            try {
                PublicKey key = KeyFactory.getInstance(algorithm).generatePublic(encoded);
                if (isUsable(key)) {
                    return new PinnedKey(name, key);
                }
            } catch (GeneralSecurityException _) {
                // of another kind
            }
        }
        throw new PkiException("found another key, expected Ed25519, ECDSA P-256 or RSA");
    }

    private static boolean isUsable(PublicKey key) {
        return switch (key) {
            case ECPublicKey ec -> ec.getParams().getCurve().getField().getFieldSize() == 256;
            case RSAPublicKey rsa ->
                    rsa.getModulus().bitLength() >= 2048
                            && rsa.getModulus().bitLength() <= Certificates.MAX_RSA_BITS;
            case EdECPublicKey _ -> true;
            default -> false;
        };
    }

    /// The key in PEM.
    public String pem() {
        return Pem.text("PUBLIC KEY", key.getEncoded());
    }

    /// Whether the signature is this key's over the message. ECDSA in DER or as 64 raw bytes, RSA as
    /// PSS or PKCS #1 1.5; all with SHA-256.
    public boolean verifies(byte[] message, byte[] signature) {
        return switch (key) {
            case EdECPublicKey _ -> verifies("Ed25519", message, signature);
            case ECPublicKey _ ->
                    verifies("SHA256withECDSA", message, signature)
                            || (signature.length == P256_RAW_BYTES
                                    && verifies(
                                            "SHA256withECDSAinP1363Format", message, signature));
            default ->
                    verifies("RSASSA-PSS", message, signature)
                            || verifies("SHA256withRSA", message, signature);
        };
    }

    private boolean verifies(String algorithm, byte[] message, byte[] signature) {
        try {
            Signature verifier = Signature.getInstance(algorithm);
            if (algorithm.equals("RSASSA-PSS")) {
                verifier.setParameter(
                        new PSSParameterSpec(
                                "SHA-256",
                                "MGF1",
                                MGF1ParameterSpec.SHA256,
                                32,
                                PSSParameterSpec.TRAILER_FIELD_BC));
            }
            verifier.initVerify(key);
            verifier.update(message);
            return verifier.verify(signature);
        } catch (GeneralSecurityException | RuntimeException _) {
            return false;
        }
    }
}
