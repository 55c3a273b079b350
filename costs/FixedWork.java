import com.sun.management.ThreadMXBean;
import com.typesafe.config.ConfigFactory;
import io.hopline.api.SessionObserver;
import io.hopline.launcher.Hopline;
import io.hopline.launcher.config.HoplineConfig;
import io.hopline.launcher.plugins.Plugins;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Does fixed work through a server in this JVM, one piece after another, and prints what each piece costs its event loop: bytes
 * allocated, and system calls by kind, as {@code work what number} lines.
 *
 * <p>Run it by {@code java -Xint}: compiled code allocates less, but never twice the same. The server's thread is the only one
 * that is looked at.
 */
public final class FixedWork {

    private static final int WARM = 60;
    private static final int PIECES = 200;
    private static final String LOOP = "hopline-";
    private static final byte[] ANSWER =
            "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nwell".getBytes(StandardCharsets.US_ASCII);

    /** Calls that say how long somebody waited, not how much was done. */
    private static final List<String> OF_THE_MOMENT =
            List.of("epoll_wait", "epoll_pwait", "epoll_pwait2", "futex", "restart_syscall", "total", "gettid", "sched_yield");

    private interface Piece {
        void run() throws IOException;
    }

    public static void main(String[] args) throws Exception {
        try (ServerSocket origin = new ServerSocket(0, 64, InetAddress.getLoopbackAddress());
                Hopline server = Hopline.start(
                        HoplineConfig.of(
                                ConfigFactory.parseString("hopline { threads = 1, inbounds = ["
                                        + "{ name = http, type = http, listen = 0, outbound = direct },"
                                        + "{ name = socks, type = socks5, listen = 0, outbound = direct } ] }"),
                                Plugins.load()),
                        SessionObserver.NONE)) {
            Thread thread = new Thread(() -> serve(origin));
            thread.setDaemon(true);
            thread.start();
            String authority = "127.0.0.1:" + origin.getLocalPort();
            String get = "GET http://" + authority + "/ HTTP/1.1\r\nHost: " + authority + "\r\n\r\n";
            String connect = "CONNECT " + authority + " HTTP/1.1\r\nHost: " + authority + "\r\n\r\n";
            byte[] hello = {5, 1, 0};
            int port = origin.getLocalPort();
            byte[] socks = {5, 1, 0, 1, 127, 0, 0, 1, (byte) (port >> 8), (byte) port};
            measure("tunnel", () -> {
                try (Socket socket = connected(server.address("http"))) {
                    say(socket, connect.getBytes(StandardCharsets.US_ASCII), "\r\n\r\n");
                    say(socket, get.getBytes(StandardCharsets.US_ASCII), "well");
                    leave(socket);
                }
            });
            measure("socks5", () -> {
                try (Socket socket = connected(server.address("socks"))) {
                    exchange(socket, hello, 2);
                    exchange(socket, socks, 10);
                    say(socket, get.getBytes(StandardCharsets.US_ASCII), "well");
                    leave(socket);
                }
            });
            try (Socket socket = connected(server.address("http"))) {
                measure("forward", () -> say(socket, get.getBytes(StandardCharsets.US_ASCII), "well"));
            }
        }
        System.exit(0);
    }

    private static void measure(String work, Piece piece) throws Exception {
        repeat(piece, WARM);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long loop = loop(threads);
        long before = threads.getThreadAllocatedBytes(loop);
        repeat(piece, PIECES);
        print(work, "bytes-allocated", threads.getThreadAllocatedBytes(loop) - before);
        systemCalls(piece).forEach((call, count) -> print(work, call, count));
    }

    private static void print(String work, String what, long count) {
        System.out.printf(Locale.ROOT, "%s %s %.2f%n", work, what, (double) count / PIECES);
    }

    private static void repeat(Piece piece, int times) throws IOException {
        for (int i = 0; i < times; i++) {
            piece.run();
        }
    }

    private static long loop(ThreadMXBean threads) {
        return Stream.of(threads.getThreadInfo(threads.getAllThreadIds()))
                .filter(thread -> thread != null && thread.getThreadName().startsWith(LOOP))
                .findFirst()
                .orElseThrow()
                .getThreadId();
    }

    private static Map<String, Long> systemCalls(Piece piece) throws Exception {
        Path summary = Files.createTempFile("fixed-work", ".strace");
        Process strace = new ProcessBuilder("strace", "-c", "-o", summary.toString(), "-p", task())
                .redirectErrorStream(true)
                .start();
        BufferedReader said =
                new BufferedReader(new InputStreamReader(strace.getInputStream(), StandardCharsets.UTF_8));
        String first = said.readLine();
        if (first == null || !first.contains("attached")) {
            throw new IOException("strace can't attach to the event loop: " + first);
        }
        repeat(piece, PIECES);
        new ProcessBuilder("kill", "-INT", Long.toString(strace.pid())).start().waitFor();
        strace.waitFor();
        Map<String, Long> calls = new TreeMap<>();
        for (String line : Files.readAllLines(summary)) {
            String[] columns = line.trim().split(" +");
            if (columns.length >= 5 && columns[0].matches("[0-9.]+") && !OF_THE_MOMENT.contains(columns[columns.length - 1])) {
                calls.put(columns[columns.length - 1], Long.parseLong(columns[3]));
            }
        }
        Files.delete(summary);
        return calls;
    }

    private static String task() throws IOException {
        try (Stream<Path> tasks = Files.list(Path.of("/proc/self/task"))) {
            for (Path task : new ArrayList<>(tasks.toList())) {
                if (Files.readString(task.resolve("comm")).startsWith(LOOP)) {
                    return task.getFileName().toString();
                }
            }
        }
        throw new IOException("no thread is named " + LOOP);
    }

    private static Socket connected(InetSocketAddress to) throws IOException {
        Socket socket = new Socket();
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(20_000);
        socket.connect(to);
        return socket;
    }

    private static void say(Socket socket, byte[] message, String lastOfReply) throws IOException {
        socket.getOutputStream().write(message);
        await(socket.getInputStream(), lastOfReply);
    }

    private static void exchange(Socket socket, byte[] message, int reply) throws IOException {
        socket.getOutputStream().write(message);
        if (socket.getInputStream().readNBytes(reply).length != reply) {
            throw new IOException("cut short");
        }
    }

    private static void leave(Socket socket) throws IOException {
        socket.shutdownOutput();
        if (socket.getInputStream().read() != -1) {
            throw new IOException("something came behind the end");
        }
    }

    private static void await(InputStream in, String end) throws IOException {
        StringBuilder all = new StringBuilder();
        while (all.indexOf(end) < 0) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("cut short behind " + all);
            }
            all.append((char) next);
        }
    }

    private static void serve(ServerSocket origin) {
        try {
            while (true) {
                Socket socket = origin.accept();
                socket.setTcpNoDelay(true);
                Thread thread = new Thread(() -> answer(socket));
                thread.setDaemon(true);
                thread.start();
            }
        } catch (IOException over) {
            // The work is done.
        }
    }

    private static void answer(Socket socket) {
        try (socket) {
            while (true) {
                await(socket.getInputStream(), "\r\n\r\n");
                socket.getOutputStream().write(ANSWER);
            }
        } catch (IOException left) {
            // So did the client.
        }
    }
}
