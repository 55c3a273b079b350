package com.example.line;

import io.hopline.api.Entry;
import io.hopline.api.Inbound;
import io.hopline.api.Outbound;
import java.time.Duration;

/**
 * The settings of a {@code line} inbound.
 *
 * @param handshakeTimeout for the client to say what it wants
 */
public record LineEntry(Duration handshakeTimeout) implements Entry {

    @Override
    public String type() {
        return "line";
    }

    @Override
    public Inbound to(Outbound outbound) {
        return (client, session) -> new LineServerHandshake(client, session, outbound, handshakeTimeout).run();
    }
}
