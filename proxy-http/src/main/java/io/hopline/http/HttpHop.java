package io.hopline.http;

import io.hopline.api.HopRef;
import io.hopline.api.HostPort;
import io.hopline.api.Outbound;
import io.hopline.api.settings.Settings;
import io.hopline.api.transport.Layer;
import io.hopline.api.transport.Server;
import io.hopline.api.transport.ServerHop;
import io.hopline.connect.ConnectHop;

/**
 * A hop through an HTTP proxy that is asked for plain requests in absolute-form, and by CONNECT for everything else.
 *
 * @param tunnels how it is asked for tunnels
 */
public record HttpHop(ConnectHop tunnels) implements ServerHop {

    /** With the defaults of {@code reference.conf}. */
    public static HttpHop to(HostPort server) {
        return Settings.read("outbound.http", "server = \"" + server + "\"", HttpHop::read);
    }

    /** As {@link ConnectHop#withAuth}. */
    public HttpHop withAuth(String user, String password) {
        return new HttpHop(tunnels.withAuth(user, password));
    }

    /** As {@link ConnectHop#withLayers}. */
    public HttpHop withLayers(Layer... layers) {
        return new HttpHop(tunnels.withLayers(layers));
    }

    static HttpHop read(Settings settings) {
        return new HttpHop(ConnectHop.read(settings));
    }

    @Override
    public String type() {
        return "http";
    }

    @Override
    public Server at() {
        return tunnels.at();
    }

    @Override
    public Outbound over(Outbound via, HopRef at) {
        return ParentProxy.of(tunnels, via, at);
    }
}
