package io.hopline.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.hopline.api.HopRef;
import io.hopline.api.Outbound;
import io.hopline.testkit.LiveInbound;
import io.hopline.testkit.LoopbackOutbound;
import io.hopline.testkit.Target;
import io.hopline.testkit.Wire;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** An answer that comes while the client is still sending reaches it whole, whatever becomes of the rest of the request. */
final class EarlyAnswerTest {

    private static final int UPLOAD = 16 << 20;
    /** Less than what an origin can send at once: a close with bytes unread drops what is still to be sent. */
    private static final int ANSWER = 40_000;

    private static final byte[] CHUNK = chunk(16_384);

    private Target origin;
    private Target parent;

    @BeforeEach
    void start() throws IOException {
        origin = Target.listen();
        parent = Target.listen();
    }

    @AfterEach
    void stop() throws IOException {
        origin.close();
        parent.close();
    }

    /** What an origin does behind the request's head. */
    private interface Origin {
        void answer(Wire client) throws Exception;
    }

    /** When a client reads. */
    private enum Reading {
        WHILE_SENDING,
        BEHIND_ALL
    }

    private static final String BY_LENGTH = "HTTP/1.1 413 Too Large\r\nContent-Length: " + ANSWER + "\r\n\r\n";
    private static final String UNTIL_CLOSE = "HTTP/1.1 413 Too Large\r\nConnection: close\r\n\r\n";
    private static final String BODY = "a".repeat(ANSWER - 3) + "end";

    static Stream<Arguments> answers() {
        return Stream.of(
                        origin("reads nothing and stays", wire -> wire.write(BY_LENGTH + BODY)),
                        origin(
                                "reads nothing and ends its output",
                                wire -> wire.write(BY_LENGTH + BODY).endOutput()),
                        origin("reads nothing, and its close is a reset", wire -> {
                            wire.write(BY_LENGTH + BODY);
                            wire.close();
                        }),
                        origin("reads a little, and its close is a reset", wire -> {
                            wire.read(1_000_000);
                            wire.write(BY_LENGTH + BODY);
                            wire.close();
                        }),
                        origin(
                                "ends its body by ending its output",
                                wire -> wire.write(UNTIL_CLOSE + BODY).endOutput()),
                        origin("answers in parts and reads on", wire -> {
                            wire.write(BY_LENGTH + BODY.substring(0, 1_000));
                            wire.read(UPLOAD / 2);
                            wire.write(BODY.substring(1_000));
                            readOn(wire);
                        }))
                .flatMap(answer -> Arrays.stream(Reading.values())
                        .map(reading -> Arguments.of(answer.get()[0], reading, answer.get()[1])));
    }

    /** Reads the rest of the upload, which may be cut short once the answer is there. */
    private static void readOn(Wire wire) throws IOException {
        try {
            wire.readThrough("\r\n0\r\n\r\n");
        } catch (AssertionError cutShort) {
            // The client's end is what is looked at.
        }
    }

    private static Arguments origin(String name, Origin origin) {
        return Arguments.of("an origin that " + name, origin);
    }

    @ParameterizedTest(name = "{0}, to a client that reads {1}")
    @MethodSource("answers")
    void reachesTheClientWhole(String name, Reading reading, Origin answering) throws Exception {
        uploadThrough(new LoopbackOutbound(), origin, reading, answering);
    }

    @ParameterizedTest(name = "{0}, to a client that reads {1}")
    @MethodSource("answers")
    void reachesTheClientWholeThroughAParentProxy(String name, Reading reading, Origin answering) throws Exception {
        HttpHop hop = HttpHop.to(parent.address()).withAuth("user", "password");
        uploadThrough(hop.over(new LoopbackOutbound(), HopRef.of(1, hop)), parent, reading, answering);
    }

    private void uploadThrough(Outbound outbound, Target server, Reading reading, Origin answering) throws Exception {
        try (LiveInbound inbound = new LiveInbound(HttpEntry.create().to(outbound));
                Wire client = inbound.connect()) {
            client.write(
                    "POST http://" + origin.address() + "/ HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n");
            Thread sending = new Thread(() -> upload(client));
            sending.start();
            try (Wire accepted = server.accept()) {
                accepted.readHead();
                Thread serving = new Thread(() -> serve(accepted, answering));
                serving.start();
                if (reading == Reading.BEHIND_ALL) {
                    sending.join();
                }
                String head = client.readHead();
                assertThat(head).startsWith("HTTP/1.1 413 Too Large\r\n");
                String body = client.readThrough(head.contains("chunked") ? "\r\n0\r\n\r\n" : "end");
                assertThat(body.chars().filter(c -> c == 'a').count()).isGreaterThanOrEqualTo(ANSWER - 3);
                assertThat(body.substring(body.length() - 10)).contains("end");
                sending.join();
                serving.join();
            }
        }
    }

    private static void upload(Wire client) {
        try {
            for (int sent = 0; sent < UPLOAD; sent += 16_384) {
                client.write(CHUNK);
            }
            client.write("0\r\n\r\n");
        } catch (IOException refused) {
            // Whoever has answered need not read on.
        }
    }

    private static void serve(Wire wire, Origin answering) {
        try {
            answering.answer(wire);
        } catch (Exception e) {
            throw new AssertionError("the origin's script failed", e);
        }
    }

    private static byte[] chunk(int length) {
        return (Integer.toHexString(length) + "\r\n" + "u".repeat(length) + "\r\n").getBytes(StandardCharsets.US_ASCII);
    }
}
