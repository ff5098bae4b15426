package io.souverix.twin.service.http;

import io.helidon.common.buffers.DataReader;
import io.helidon.http.BadRequestException;
import io.helidon.http.RequestException;
import io.helidon.webserver.CloseConnectionException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/// The bytes of a body as they came, so that a body that breaks off is told from bytes that are
/// broken: the first throws [BrokenOff] whatever stands between.
final class RawBody extends InputStream {
    private final InputStream in;
    private boolean ended;

    RawBody(InputStream in) {
        this.in = in;
    }

    /// There is no more of the body, and it is not at its end.
    static final class BrokenOff extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final @Nullable String misshapen;

        BrokenOff(Throwable cause, @Nullable String misshapen) {
            super(cause);
            this.misshapen = misshapen;
        }

        /// What is wrong with the way the body was sent; null where the client is gone.
        @Nullable String misshapen() {
            return misshapen;
        }
    }

    @Override
    public int read() {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) {
        try {
            int count = in.read(target, offset, length);
            ended = count < 0;
            return count;
        } catch (DataReader.InsufficientDataAvailableException
                | CloseConnectionException
                | UncheckedIOException
                | IOException e) {
            throw new BrokenOff(e, null);
        } catch (ChunkedBody.Misshapen
                | DataReader.IncorrectNewLineException
                | BadRequestException
                | RequestException e) {
            throw new BrokenOff(e, String.valueOf(e.getMessage()));
        }
    }

    /// Not 0 before the end, so that a reader of several compressed members looks for the next.
    @Override
    public int available() {
        return ended ? 0 : 1;
    }
}
