package io.hopline.api.stream;

import io.hopline.api.Inbound;

/** Serves clients that begin a session of streams, whatever else ALPN may have agreed on with them. */
public interface SessionInbound extends Inbound {}
