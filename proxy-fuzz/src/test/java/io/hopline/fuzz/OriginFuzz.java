package io.hopline.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.hopline.api.Chain;
import io.hopline.api.Outbound;
import io.hopline.api.guard.InboundGuard;
import io.hopline.fuzz.World.Dials;
import io.hopline.launcher.config.InboundPlan;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.UnaryOperator;

/** Origins, and proxies by HTTP/1.1, HTTP/2 and SPDY, that answer plain requests: whatever they say, the client reads one response, or a part of one. */
class OriginFuzz {

    private static final int PATIENCE_MILLIS = 60_000;

    private static final InboundPlan HTTP = Setup.inbound("type = http");
    private static final Chain PROXY = Setup.chain("http://u:p@proxy.example:8080");
    private static final Chain HTTP2 = Setup.chain("http2://proxy.example:443");
    private static final Chain SPDY = Setup.chain("spdy://proxy.example:443");
    private static final List<String> REQUESTS = List.of(
            "GET http://origin.example/ HTTP/1.1\r\nHost: a\r\n\r\n",
            "HEAD http://origin.example/ HTTP/1.1\r\nHost: a\r\n\r\n",
            "GET http://origin.example/ HTTP/1.1\r\nHost: a\r\nConnection: upgrade\r\nUpgrade: x\r\n\r\n",
            "POST http://origin.example/ HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\n\r\nx",
            "GET http://origin.example/ HTTP/1.0\r\n\r\n");

    @FuzzTest
    void origin(byte[] said) {
        run(said, outbound -> outbound);
    }

    @FuzzTest
    void proxy(byte[] said) {
        run(said, PROXY::over);
    }

    @FuzzTest
    void http2(byte[] said) {
        run(said, HTTP2::over, Setup.EMPTY_SETTINGS);
    }

    @FuzzTest
    void spdy(byte[] said) {
        run(said, SPDY::over);
    }

    private static void run(byte[] said, UnaryOperator<Outbound> chain, byte... greeting) {
        Input input = Input.of(said);
        String request = input.choose(REQUESTS);
        World world = new World(Dials.AT_ONCE, line -> {});
        Line client = world.line();
        InboundGuard guard = new InboundGuard(HTTP.guard());
        HTTP.to(chain.apply(world), guard).accept(client, World.session(client, guard));
        client.say(request.getBytes(StandardCharsets.US_ASCII));
        world.work();
        Line origin = world.dialedBut(client).get(0);
        origin.say(greeting);
        world.work();
        for (byte[] piece : input.pieces()) {
            origin.say(piece);
            world.work();
        }
        if (input.flag(3)) {
            origin.end();
            world.work();
        }
        boolean head = request.startsWith("HEAD");
        if (StrictHttp.response(client.told(), head, client.ended()) < 0 && !client.ended()) {
            expectNextToWait(world, client);
        }
        world.pass(PATIENCE_MILLIS);
        StrictHttp.response(client.told(), head, client.ended());
        world.end(client, true);
    }

    /** What is said of another request would be read as the rest of a response that is not whole. */
    private static void expectNextToWait(World world, Line client) {
        int asked = told(world, client);
        client.say(REQUESTS.get(0).getBytes(StandardCharsets.US_ASCII));
        world.work();
        if (told(world, client) != asked) {
            throw new AssertionError("another request goes out behind a part of a response: "
                    + new String(client.told(), StandardCharsets.ISO_8859_1));
        }
    }

    private static int told(World world, Line client) {
        return world.dialedBut(client).stream()
                .mapToInt(line -> line.told().length)
                .sum();
    }
}
