package io.hopline.testkit;

import io.hopline.api.Entry;
import io.hopline.api.Hop;
import io.hopline.api.HopRef;
import io.hopline.api.HostPort;
import io.hopline.api.Inbound;
import io.hopline.api.Outbound;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.function.Function;
import java.util.stream.Stream;

/** An HTTP inbound in one of the ways in which clients meet it: what is right must not depend on the way. */
public final class Front implements AutoCloseable {

    /** How a client meets the inbound. */
    public enum Way {
        PLAINLY,
        BEHIND_TLS,
        WITH_A_PASSWORD,
        THROUGH_AN_OUTBOUND_AND_INBOUND_OF_OURS
    }

    private static final String USERS = "users { alice = wonderland }";
    private static final String CREDENTIALS = "\r\nProxy-Authorization: Basic YWxpY2U6d29uZGVybGFuZA==";

    private final Way way;
    private final Deque<LiveInbound> inbounds = new ArrayDeque<>();

    /**
     * @param entry makes the inbound of its settings
     * @param hop makes an outbound that speaks the inbound's protocol to a server
     * @param outbound what the inbound nearest to the target sends its clients' requests through
     */
    public Front(Way way, Function<String, Entry> entry, Function<HostPort, Hop> hop, Outbound outbound)
            throws InterruptedException {
        this.way = way;
        Inbound plain = entry.apply(way == Way.WITH_A_PASSWORD ? USERS : "").to(outbound);
        switch (way) {
            case PLAINLY, WITH_A_PASSWORD -> serve(plain);
            case BEHIND_TLS -> serve(Tls.doorTo(serve(Tls.inFrontOf(plain))));
            case THROUGH_AN_OUTBOUND_AND_INBOUND_OF_OURS -> {
                Hop facing = hop.apply(serve(plain));
                serve(entry.apply("").to(facing.over(new LoopbackOutbound(), HopRef.of(1, facing))));
            }
        }
    }

    /** One row of a table. */
    public static Object[] row(Object... cells) {
        return cells;
    }

    /** The table once for each way, which becomes the first column. */
    public static Stream<Object[]> inEachWay(Object[]... rows) {
        return Arrays.stream(Way.values())
                .flatMap(way -> Arrays.stream(rows)
                        .map(row -> Stream.concat(Stream.of(way), Arrays.stream(row))
                                .toArray()));
    }

    private HostPort serve(Inbound inbound) throws InterruptedException {
        inbounds.push(new LiveInbound(inbound));
        return inbounds.element().address();
    }

    /** A new connection. */
    public Wire connect() throws IOException {
        return inbounds.element().connect();
    }

    /** A new connection on which the request is sent, with the credentials that are wanted. */
    public Wire send(String request) throws IOException {
        return connect().write(withCredentials(request));
    }

    /** The request with the credentials that are wanted. */
    public String withCredentials(String request) {
        return way == Way.WITH_A_PASSWORD ? request.replaceFirst("\r\n", CREDENTIALS + "\r\n") : request;
    }

    /** What the inbound that clients speak to has told. */
    public LiveInbound.Tale served() throws InterruptedException {
        return (way == Way.BEHIND_TLS ? inbounds.getLast() : inbounds.getFirst()).served();
    }

    @Override
    public void close() {
        inbounds.forEach(LiveInbound::close);
    }
}
