package io.hopline.api.builtin;

import io.hopline.api.Hop;
import io.hopline.api.HopRef;
import io.hopline.api.HostPort;
import io.hopline.api.Outbound;
import io.hopline.api.transport.Dials;
import io.hopline.api.transport.Layer;
import io.netty.channel.Channel;
import io.netty.util.concurrent.Future;
import java.util.List;
import java.util.Optional;

/**
 * The system's sockets as a hop, with layers that are spoken to whatever is dialed.
 *
 * @param layers the one next to TCP first
 */
public record DirectHop(DirectOutbound outbound, List<Layer> layers) implements Hop {
    static final String TYPE = "direct";

    public DirectHop {
        layers = List.copyOf(layers);
    }

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public Optional<HostPort> server() {
        return Optional.empty();
    }

    @Override
    public boolean opensSockets() {
        return true;
    }

    /** What is beneath is not used: there can be nothing beneath. */
    @Override
    public Outbound over(Outbound via, HopRef at) {
        return layers.isEmpty()
                ? outbound
                : (target, session) -> {
                    Future<Channel> dialed = outbound.dial(target, session);
                    for (Layer layer : layers) {
                        dialed = Dials.then(dialed, session, channel -> layer.apply(channel, target, session, at));
                    }
                    return dialed;
                };
    }

    @Override
    public boolean tellsClient() {
        return layers.stream().anyMatch(Layer::tellsClient);
    }

    @Override
    public String describe() {
        StringBuilder text = new StringBuilder();
        layers.forEach(layer -> text.append(layer.describe()));
        return text.append(TYPE).toString();
    }
}
