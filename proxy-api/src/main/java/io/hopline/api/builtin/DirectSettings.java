package io.hopline.api.builtin;

import io.hopline.api.HostPort;
import io.hopline.api.settings.Settings;
import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How sockets are opened.
 *
 * @param connectTimeout for the lookup of the name and TCP together
 * @param dnsTimeout for each question to a name server
 * @param nameServers whom to ask instead of the system's name servers; may be empty
 * @param bind the address of ours to connect from
 * @param listen the address of ours to wait for peers on
 */
record DirectSettings(
        Duration connectTimeout,
        Duration dnsTimeout,
        List<InetSocketAddress> nameServers,
        Optional<InetAddress> bind,
        Optional<InetAddress> listen) {

    DirectSettings {
        nameServers = List.copyOf(nameServers);
    }

    static DirectSettings read(Settings settings) {
        return new DirectSettings(
                settings.duration("connect-timeout"),
                settings.duration("dns-timeout"),
                nameServers(settings),
                address(settings, "bind"),
                address(settings, "listen"));
    }

    private static Optional<InetAddress> address(Settings settings, String key) {
        return settings.has(key)
                ? Optional.of(settings.parsed(key, "an IP address", NetUtil.LOCALHOST, DirectSettings::ip))
                : Optional.empty();
    }

    DirectOutbound outbound() {
        NameServers servers = nameServers.isEmpty() ? ResolvConf.ofSystem() : NameServers.of(nameServers);
        return new DirectOutbound(new DnsNames(servers, dnsTimeout), Sockets.from(bind), connectTimeout, bind, listen);
    }

    private static List<InetSocketAddress> nameServers(Settings settings) {
        List<InetSocketAddress> servers = new ArrayList<>();
        for (String text : settings.strings("name-servers")) {
            try {
                servers.add(nameServer(text));
            } catch (IllegalArgumentException e) {
                settings.problem(
                        "name-servers",
                        "expected IP addresses, with or without a port, got \"" + text + "\": " + e.getMessage());
            }
        }
        return servers;
    }

    private static InetSocketAddress nameServer(String text) {
        boolean bareV6 = NetUtil.isValidIpV6Address(text);
        HostPort server =
                bareV6 ? new HostPort(text, 53) : HostPort.parse(text, 53).reachable();
        return new InetSocketAddress(ip(server.host()), server.port());
    }

    private static InetAddress ip(String text) {
        InetAddress address = NetUtil.createInetAddressFromIpAddressString(text);
        if (address == null) {
            throw new IllegalArgumentException("not an IP address");
        }
        return address;
    }
}
