package io.hopline.api.builtin;

import io.hopline.api.DialException;
import io.hopline.api.DialException.Reason;
import io.hopline.api.Hop;
import io.hopline.api.HopRef;
import io.hopline.api.HostPort;
import io.hopline.api.Outbound;
import io.hopline.api.Step;
import java.util.Optional;

/** Lets nothing through. */
public record BlockHop() implements Hop {
    @Override
    public String type() {
        return "block";
    }

    @Override
    public Optional<HostPort> server() {
        return Optional.empty();
    }

    @Override
    public boolean carriesStreams() {
        return false;
    }

    @Override
    public Outbound over(Outbound via, HopRef at) {
        DialException blocked = new DialException(Reason.DENIED, at, Step.CONNECT, "blocked by the config");
        return (target, session) -> session.loop().newFailedFuture(blocked);
    }
}
