import io.hopline.api.Chain;
import io.hopline.api.Entry;
import io.hopline.api.HostPort;
import io.hopline.api.Outbound;
import io.hopline.api.relay.Tunnels;
import io.hopline.api.DialException;
import io.hopline.launcher.Hopline;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.concurrent.Future;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;

/**
 * Sends pieces of a size to and fro through tunnels, in turns with one that may be spliced and one that has a handler in its pipeline, so
 * that it is copied; prints what each costs the event loop in CPU time for each piece.
 *
 * <p>A piece is answered by one as long before the next is sent, so a turn of the loop moves one of each tunnel at most.
 */
public final class Splicing {

    private static final int[] SIZES = {1 << 10, 4 << 10, 8 << 10, 16 << 10, 32 << 10, 64 << 10, 128 << 10, 256 << 10, 1 << 20};
    private static final int[] TUNNELS = {1, 16, 64};
    private static final long PIECES_OF = 256L << 20;
    private static final int MOST_PIECES = 40_000;

    public static void main(String[] args) throws Exception {
        int rounds = args.length > 0 ? Integer.parseInt(args[0]) : 3;
        try (ServerSocket origin = new ServerSocket(0, 512, InetAddress.getLoopbackAddress())) {
            start(() -> serve(origin));
            HostPort target = HostPort.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), origin.getLocalPort()));
            Chain direct = Chain.of();
            try (Hopline hopline = Hopline.builder()
                    .inbound("splice", "127.0.0.1:0", entry(target, false), direct)
                    .inbound("copy", "127.0.0.1:0", entry(target, true), direct)
                    .threads(1)
                    .start()) {
                System.out.println("| piece | tunnels | copied, µs | spliced, µs | ratio |\n|--:|--:|--:|--:|--:|");
                for (int tunnels : TUNNELS) {
                    for (int size : SIZES) {
                        measure(hopline, tunnels, size, rounds);
                    }
                }
            }
        }
        System.exit(0);
    }

    private static Entry entry(HostPort target, boolean copied) {
        return outbound -> (client, session) -> Tunnels.open(client, target, session, copied ? copying(outbound) : outbound, new NoReply());
    }

    /** A handler that does nothing: bytes that pass one can't be spliced. */
    private static Outbound copying(Outbound outbound) {
        return (target, session) -> outbound.dial(target, session)
                .addListener((Future<Channel> dialed) -> dialed.getNow().pipeline().addLast(new ChannelInboundHandlerAdapter()));
    }

    private static void measure(Hopline hopline, int tunnels, int size, int rounds) throws Exception {
        double[] copied = new double[rounds];
        double[] spliced = new double[rounds];
        for (int round = -1; round < rounds; round++) {
            double copy = microseconds(hopline.address("copy"), tunnels, size);
            double splice = microseconds(hopline.address("splice"), tunnels, size);
            if (round >= 0) {
                copied[round] = copy;
                spliced[round] = splice;
            }
        }
        System.out.printf(
                Locale.ROOT,
                "| %s | %d | %.1f | %.1f | %.2f |%n",
                size < 1 << 20 ? (size >> 10) + " KiB" : (size >> 20) + " MiB",
                tunnels,
                median(copied),
                median(spliced),
                median(spliced) / median(copied));
    }

    /** CPU time of the event loop for each piece there and back. */
    private static double microseconds(InetSocketAddress proxy, int tunnels, int size) throws Exception {
        int pieces = (int) Math.max(tunnels, Math.min(MOST_PIECES, PIECES_OF / size)) / tunnels;
        List<Socket> sockets = new ArrayList<>();
        for (int i = 0; i < tunnels; i++) {
            Socket socket = new Socket(proxy.getAddress(), proxy.getPort());
            socket.setTcpNoDelay(true);
            socket.getOutputStream().write(new byte[] {(byte) (size >> 24), (byte) (size >> 16), (byte) (size >> 8), (byte) size});
            sockets.add(socket);
        }
        CountDownLatch done = new CountDownLatch(tunnels);
        long before = loopNanos();
        for (Socket socket : sockets) {
            start(() -> {
                ask(socket, size, pieces);
                done.countDown();
            });
        }
        done.await();
        long spent = loopNanos() - before;
        for (Socket socket : sockets) {
            socket.close();
        }
        return spent / 1e3 / ((double) pieces * tunnels);
    }

    private static void ask(Socket socket, int size, int pieces) {
        byte[] piece = new byte[size];
        try {
            InputStream in = socket.getInputStream();
            OutputStream out = socket.getOutputStream();
            for (int i = 0; i < pieces; i++) {
                out.write(piece);
                if (in.readNBytes(piece, 0, size) < size) {
                    throw new IOException("cut short");
                }
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void serve(ServerSocket origin) {
        while (true) {
            try {
                Socket socket = origin.accept();
                socket.setTcpNoDelay(true);
                start(() -> answer(socket));
            } catch (IOException e) {
                return;
            }
        }
    }

    private static void answer(Socket socket) {
        try (socket;
                DataInputStream in = new DataInputStream(socket.getInputStream())) {
            byte[] piece = new byte[in.readInt()];
            while (in.readNBytes(piece, 0, piece.length) == piece.length) {
                socket.getOutputStream().write(piece);
            }
        } catch (IOException e) {
            // The client has what it wanted.
        }
    }

    private static long loopNanos() {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("hopline-"))
                .mapToLong(thread -> threads.getThreadCpuTime(thread.getId()))
                .sum();
    }

    private static double median(double[] of) {
        double[] sorted = of.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    private static void start(Runnable task) {
        Thread thread = new Thread(task);
        thread.setDaemon(true);
        thread.start();
    }

    private static final class NoReply implements Tunnels.Reply {
        @Override
        public void opened(Channel client, Channel target) {}

        @Override
        public void refused(Channel client, DialException failure) {
            client.close();
        }
    }
}
