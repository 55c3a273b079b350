package io.hopline.api.transport;

import io.hopline.api.Hop;
import io.hopline.api.HostPort;
import java.util.Optional;

/** A hop through a server that has an address, reached through layers. */
public interface ServerHop extends Hop {

    /** Where the server is, and what is spoken to it beneath the hop's own protocol. */
    Server at();

    @Override
    default Optional<HostPort> server() {
        return Optional.of(at().address());
    }

    @Override
    default boolean tellsClient() {
        return at().tellsClient();
    }

    @Override
    default String describe() {
        return at().describe(type());
    }
}
