import com.typesafe.config.ConfigFactory;
import io.hopline.api.Chain;
import io.hopline.api.EndOfOutput;
import io.hopline.api.HostPort;
import io.hopline.launcher.Dialer;
import io.hopline.launcher.config.HoplineConfig;
import io.hopline.launcher.plugins.Plugins;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Relays the same bytes through a front with TLS over a hundred connections of one CONNECT tunnel each, over a hundred streams of one
 * HTTP/2 connection, and over those of one SPDY connection, in turns; prints what each costs the front's process in CPU time.
 *
 * <p>The front is a process of its own, with one event loop; client and origin are in this one. What the front's compiler and
 * collector take counts, too.
 */
public final class Streams {

    private static final int TUNNELS = 100;
    private static final int CHUNK = 64 * 1024;
    private static final int TICKS_PER_SECOND = 100;

    private static final List<String> KINDS = List.of("connect", "http2", "spdy");

    private static volatile int bytesDown;

    public static void main(String[] args) throws Exception {
        int rounds = args.length > 0 ? Integer.parseInt(args[0]) : 7;
        int mebibytes = args.length > 1 ? Integer.parseInt(args[1]) : 400;
        List<String> kinds = args.length > 2 ? List.of(args[2].split(",")) : KINDS;
        int port = freePort();
        Process front = front(port);
        try (ServerSocket origin = new ServerSocket(0, 512, InetAddress.getLoopbackAddress());
                Dialer dialer = Dialer.open(HoplineConfig.of(ConfigFactory.parseString(client(port)), Plugins.load()))) {
            Thread thread = new Thread(() -> serve(origin));
            thread.setDaemon(true);
            thread.start();
            awaitPort(port);
            HoplineConfig config = HoplineConfig.of(ConfigFactory.parseString(client(port)), Plugins.load());
            HostPort target = HostPort.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), origin.getLocalPort()));
            for (char direction : new char[] {'d', 'u'}) {
                measure(direction, kinds, rounds, mebibytes, front, dialer, config.outbounds(), target);
            }
        } finally {
            front.destroy();
            front.waitFor(10, TimeUnit.SECONDS);
        }
        System.exit(0);
    }

    private static void measure(
            char direction,
            List<String> kinds,
            int rounds,
            int mebibytes,
            Process front,
            Dialer dialer,
            Map<String, Chain> chains,
            HostPort target)
            throws Exception {
        int bytes = (mebibytes << 20) / TUNNELS;
        bytesDown = bytes;
        Map<String, double[]> seconds = new LinkedHashMap<>();
        kinds.forEach(kind -> seconds.put(kind, new double[rounds]));
        for (int round = -2; round < rounds; round++) {
            for (String kind : kinds) {
                long before = cpuTicks(front);
                relay(direction, bytes, dialer, chains.get(kind), target);
                double spent = (double) (cpuTicks(front) - before) / TICKS_PER_SECOND;
                if (round >= 0) {
                    seconds.get(kind)[round] = spent;
                }
            }
        }
        double[] first = seconds.get(kinds.get(0));
        seconds.forEach((kind, all) -> {
            double[] ratios = new double[rounds];
            for (int i = 0; i < rounds; i++) {
                ratios[i] = first[i] / all[i];
            }
            System.out.printf(
                    Locale.ROOT,
                    "%s %-8s %.2f CPU s/GB   %3.0f %% of the bytes that %s relays in a CPU second (rounds: %.0f to %.0f %%)%n",
                    direction == 'd' ? "down" : "up  ",
                    kind,
                    median(all) * 1e9 / ((double) bytes * TUNNELS),
                    100 * median(ratios),
                    kinds.get(0),
                    100 * Arrays.stream(ratios).min().orElseThrow(),
                    100 * Arrays.stream(ratios).max().orElseThrow());
        });
    }

    private static double median(double[] of) {
        double[] sorted = of.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    private static void relay(char direction, int bytes, Dialer dialer, Chain chain, HostPort target) throws Exception {
        List<Future<Channel>> dialed = new ArrayList<>();
        for (int i = 0; i < TUNNELS; i++) {
            dialed.add(dialer.dial(chain, target));
        }
        CountDownLatch done = new CountDownLatch(TUNNELS);
        AtomicLong came = new AtomicLong();
        for (Future<Channel> future : dialed) {
            Channel channel = future.sync().getNow();
            channel.eventLoop().execute(() -> {
                channel.pipeline().addLast(new Client(direction, bytes, came, done));
                channel.config().setAutoRead(true);
            });
        }
        if (!done.await(5, TimeUnit.MINUTES)) {
            throw new IOException(done.getCount() + " tunnels did not end");
        }
        long expected = direction == 'd' ? (long) bytes * TUNNELS : TUNNELS;
        if (came.get() != expected) {
            throw new IOException(came.get() + " bytes came, not " + expected);
        }
    }

    /** Sends what it is to send as there is room, and counts what comes until its end. */
    private static final class Client extends ChannelInboundHandlerAdapter {
        private static final ByteBuf BYTES = Unpooled.unreleasableBuffer(Unpooled.directBuffer(CHUNK).writeZero(CHUNK));

        private final char direction;
        private final AtomicLong came;
        private final CountDownLatch done;
        private int left;

        Client(char direction, int bytes, AtomicLong came, CountDownLatch done) {
            this.direction = direction;
            this.left = direction == 'u' ? bytes : 0;
            this.came = came;
            this.done = done;
        }

        @Override
        public void handlerAdded(ChannelHandlerContext ctx) {
            ctx.channel().closeFuture().addListener(closed -> done.countDown());
            ctx.writeAndFlush(Unpooled.buffer(1).writeByte(direction));
            if (direction == 'u') {
                send(ctx);
            }
        }

        private void send(ChannelHandlerContext ctx) {
            while (left > 0 && ctx.channel().isWritable()) {
                int size = Math.min(left, CHUNK);
                left -= size;
                ctx.write(BYTES.duplicate().slice(0, size));
                if (left == 0) {
                    ctx.write(EndOfOutput.INSTANCE);
                }
            }
            ctx.flush();
        }

        @Override
        public void channelWritabilityChanged(ChannelHandlerContext ctx) {
            if (direction == 'u') {
                send(ctx);
            }
        }

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            ByteBuf bytes = (ByteBuf) message;
            came.addAndGet(bytes.readableBytes());
            bytes.release();
        }

        @Override
        public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
            if (event == ChannelInputShutdownEvent.INSTANCE) {
                ctx.close();
            }
        }
    }

    private static void serve(ServerSocket origin) {
        while (true) {
            try {
                Socket socket = origin.accept();
                Thread thread = new Thread(() -> answer(socket));
                thread.setDaemon(true);
                thread.start();
            } catch (IOException e) {
                return;
            }
        }
    }

    private static void answer(Socket socket) {
        try (socket;
                InputStream in = socket.getInputStream();
                OutputStream out = socket.getOutputStream()) {
            byte[] chunk = new byte[CHUNK];
            if (in.read() == 'd') {
                for (int left = bytesDown; left > 0; left -= CHUNK) {
                    out.write(chunk, 0, Math.min(left, CHUNK));
                }
            } else {
                while (in.read(chunk) >= 0) {}
                out.write('.');
            }
        } catch (IOException e) {
            System.err.println("origin: " + e.getMessage());
        }
    }

    /** User and system time of a process, in hundredths of a second (proc(5)). */
    private static long cpuTicks(Process process) throws IOException {
        String stat = Files.readString(Path.of("/proc/" + process.pid() + "/stat"));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
    }

    private static String client(int port) {
        StringBuilder outbounds = new StringBuilder();
        KINDS.forEach(kind -> outbounds.append(kind + " = [ { type = " + kind + ", server = \"127.0.0.1:" + port
                + "\", tls { verify = false } } ]\n"));
        return "hopline { threads = 1, outbounds {\n" + outbounds + "} }";
    }

    private static Process front(int port) throws IOException {
        Path config = Files.createTempFile("streams", ".conf");
        config.toFile().deleteOnExit();
        Files.writeString(
                config,
                "hopline { threads = 1, inbounds = [ { name = front, type = http, listen = " + port
                        + ", outbound = direct, tls { self-signed = true, alpn = [h2, \"spdy/3.1\", \"http/1.1\"] } } ] }",
                StandardCharsets.UTF_8);
        List<String> command = new ArrayList<>(List.of(System.getProperty("java.home") + "/bin/java"));
        command.addAll(List.of(System.getProperty("streams.front", "").split(" ")));
        command.removeIf(String::isEmpty);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), "io.hopline.launcher.Main", "run", config.toString()));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(Path.of(System.getProperty("streams.log")).toFile())
                .start();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static void awaitPort(int port) throws Exception {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (true) {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                return;
            } catch (IOException e) {
                if (System.nanoTime() > deadline) {
                    throw e;
                }
                Thread.sleep(50);
            }
        }
    }
}
