package io.hopline.api.transport;

import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.ReferenceCountedOpenSslEngine;
import io.netty.internal.tcnative.SSL;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import javax.net.ssl.SSLEngine;
import org.jspecify.annotations.Nullable;

/**
 * Half-closure for Netty's OpenSSL engines.
 *
 * <p>BoringSSL itself can go on sending once the peer's close_notify has come; Netty's engine answers it at once by its own, and what
 * the other side of a tunnel still has to say would be lost. The engine does so only the first time that it sees the peer's
 * close_notify, and has one field that tells: set early, it leaves the end of input to {@link TlsEnd}. Where that field can't be
 * reached the JDK's engines serve instead.
 */
final class OpenSslEnds {

    private static final @Nullable VarHandle CLOSE_NOTIFY_HANDLED = find();

    private OpenSslEnds() {}

    /** Whether OpenSSL is here and its engines can end one direction at a time. */
    static boolean available() {
        return OpenSsl.isAvailable() && CLOSE_NOTIFY_HANDLED != null;
    }

    /** To be called once the handshake is done, before any data is read. */
    static void keepOutputOpen(SSLEngine engine) {
        if (engine instanceof ReferenceCountedOpenSslEngine && CLOSE_NOTIFY_HANDLED != null) {
            CLOSE_NOTIFY_HANDLED.set(engine, true);
        }
    }

    static boolean closeNotifyCame(SSLEngine engine) {
        return engine instanceof ReferenceCountedOpenSslEngine openSsl
                && openSsl.sslPointer() != 0
                && (SSL.getShutdown(openSsl.sslPointer()) & SSL.SSL_RECEIVED_SHUTDOWN) != 0;
    }

    private static @Nullable VarHandle find() {
        try {
            Class<?> type = ReferenceCountedOpenSslEngine.class;
            return MethodHandles.privateLookupIn(type, MethodHandles.lookup())
                    .findVarHandle(type, "receivedShutdown", boolean.class);
        } catch (ReflectiveOperationException | RuntimeException e) {
            return null;
        }
    }
}
