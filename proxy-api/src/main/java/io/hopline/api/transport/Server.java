package io.hopline.api.transport;

import io.hopline.api.HopRef;
import io.hopline.api.HostPort;
import io.hopline.api.Outbound;
import io.hopline.api.Session;
import io.hopline.api.settings.Settings;
import io.netty.channel.Channel;
import io.netty.util.concurrent.Future;
import java.util.List;

/**
 * A hop's own address and the layers that are spoken to it.
 *
 * @param layers the one next to TCP first
 */
public record Server(HostPort address, List<Layer> layers) {

    public Server {
        layers = List.copyOf(layers);
    }

    /**
     * Reads {@code server}, {@code proxy-protocol} and {@code tls { … }}.
     *
     * @param alpn what TLS offers by ALPN where the settings don't say
     */
    public static Server read(Settings settings, int defaultPort, String... alpn) {
        return new Server(settings.hostPort("server", defaultPort), Layers.read(settings, alpn));
    }

    /** Dials the server through what is beneath and adds the layers; failures and steps are told as those of the given hop. */
    public Future<Channel> dial(Outbound via, HopRef at, Session session) {
        Future<Channel> dialed = via.dial(address, session.withTowards(at));
        for (Layer layer : layers) {
            dialed = Dials.then(dialed, session, channel -> layer.apply(channel, address, session, at));
        }
        return dialed;
    }

    /** Whether a layer tells it the client's address. */
    public boolean tellsClient() {
        return layers.stream().anyMatch(Layer::tellsClient);
    }

    /** The hop as a URL without secrets. */
    public String describe(String type) {
        StringBuilder text = new StringBuilder();
        layers.forEach(layer -> text.append(layer.describe()));
        return text.append(type).append("://").append(address).toString();
    }
}
