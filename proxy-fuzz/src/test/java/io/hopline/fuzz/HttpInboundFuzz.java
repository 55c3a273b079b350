package io.hopline.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.hopline.api.HostPort;
import io.hopline.api.HttpOutbound;
import io.hopline.api.Outbound;
import io.hopline.api.Session;
import io.hopline.connect.http1.HeadLimits;
import io.hopline.http.client.Http1Client;
import io.hopline.launcher.config.InboundPlan;
import io.netty.channel.Channel;
import io.netty.util.concurrent.Future;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Clients that ask for plain requests: whatever they say, an origin reads one request on each connection, or a part of one. */
class HttpInboundFuzz {

    private static final HeadLimits LIMITS = new HeadLimits(8192, 16_384, 200, Duration.ofSeconds(20));
    private static final byte[] ANSWER =
            "HTTP/1.1 299 Fine\r\nConnection: close\r\nContent-Length: 2\r\n\r\nhi".getBytes(StandardCharsets.US_ASCII);

    private static final InboundPlan HTTP = Setup.inbound("type = http");
    private static final InboundPlan HTTP2 = Setup.inbound("type = http2");
    private static final InboundPlan SPDY = Setup.inbound("type = spdy");

    @FuzzTest
    void http(byte[] said) {
        run(HTTP, said);
    }

    @FuzzTest
    void http2(byte[] said) {
        run(HTTP2, said);
    }

    @FuzzTest
    void spdy(byte[] said) {
        run(SPDY, said);
    }

    private static void run(InboundPlan plan, byte[] said) {
        List<Line> answered = new ArrayList<>();
        Origins[] origins = new Origins[1];
        Client client = new Client(
                plan,
                outbound -> {
                    origins[0] = new Origins(outbound, Http1Client.toOrigins(outbound, LIMITS), new ArrayList<>());
                    return origins[0];
                },
                said,
                line -> {});
        client.run(() -> {
            boolean any = true;
            while (any) {
                any = false;
                for (Line origin : client.world().dialedBut(client.line())) {
                    if (!origins[0].tunnels().contains(origin) && read(origin, answered)) {
                        any = true;
                        client.world().work();
                    }
                }
            }
        });
    }

    /** Answers what is whole; false if there is nothing new. */
    private static boolean read(Line origin, List<Line> answered) {
        byte[] told = origin.told();
        int end = StrictHttp.request(told);
        if (end < 0) {
            return false;
        }
        if (end < told.length) {
            throw new AssertionError("more than one request: " + new String(told, StandardCharsets.ISO_8859_1));
        }
        if (answered.contains(origin)) {
            return false;
        }
        answered.add(origin);
        origin.say(ANSWER);
        origin.end();
        return true;
    }

    /** Straight to the origins, with a note of what became a tunnel. */
    private record Origins(Outbound sockets, HttpOutbound requests, List<Channel> tunnels) implements HttpOutbound {

        @Override
        public Future<Channel> dial(HostPort target, Session session) {
            return sockets.dial(target, session).addListener((Future<Channel> dialed) -> {
                if (dialed.isSuccess()) {
                    tunnels.add(dialed.getNow());
                }
            });
        }

        @Override
        public Future<Channel> dialHttp(HostPort origin, Session session) {
            return requests.dialHttp(origin, session);
        }
    }
}
