package io.hopline.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.hopline.api.Chain;
import io.hopline.api.Outbound;
import io.hopline.api.guard.InboundGuard;
import io.hopline.fuzz.World.Dials;
import io.hopline.launcher.config.InboundPlan;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Origins and HTTP proxies that answer plain requests: whatever they say, the client reads one response, or a part of one. */
class OriginFuzz {

    private static final int PATIENCE_MILLIS = 60_000;

    private static final InboundPlan HTTP = Setup.inbound("type = http");
    private static final Chain PROXY = Setup.chain("http://u:p@proxy.example:8080");
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

    private static void run(byte[] said, java.util.function.UnaryOperator<Outbound> chain) {
        Input input = Input.of(said);
        String request = input.choose(REQUESTS);
        World world = new World(Dials.AT_ONCE, line -> {});
        Line client = world.line();
        InboundGuard guard = new InboundGuard(HTTP.guard());
        HTTP.to(chain.apply(world), guard).accept(client, World.session(client, guard));
        client.say(request.getBytes(StandardCharsets.US_ASCII));
        world.work();
        Line origin = world.dialedBut(client).get(0);
        for (byte[] piece : input.pieces()) {
            origin.say(piece);
            world.work();
        }
        if (input.flag(3)) {
            origin.end();
            world.work();
        }
        world.pass(PATIENCE_MILLIS);
        StrictHttp.response(client.told(), request.startsWith("HEAD"), client.ended());
        world.end(client, true);
    }
}
