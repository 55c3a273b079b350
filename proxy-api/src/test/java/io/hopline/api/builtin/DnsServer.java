package io.hopline.api.builtin;

import io.hopline.api.transport.Transport;
import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.dns.DatagramDnsQuery;
import io.netty.handler.codec.dns.DatagramDnsQueryDecoder;
import io.netty.handler.codec.dns.DatagramDnsResponse;
import io.netty.handler.codec.dns.DatagramDnsResponseEncoder;
import io.netty.handler.codec.dns.DefaultDnsQuestion;
import io.netty.handler.codec.dns.DefaultDnsRawRecord;
import io.netty.handler.codec.dns.DefaultDnsResponse;
import io.netty.handler.codec.dns.DnsQuery;
import io.netty.handler.codec.dns.DnsQuestion;
import io.netty.handler.codec.dns.DnsRecordType;
import io.netty.handler.codec.dns.DnsResponse;
import io.netty.handler.codec.dns.DnsResponseCode;
import io.netty.handler.codec.dns.DnsSection;
import io.netty.handler.codec.dns.TcpDnsQueryDecoder;
import io.netty.handler.codec.dns.TcpDnsResponseEncoder;
import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A name server on loopback that says what the test told it to, over UDP and TCP on one port. */
final class DnsServer implements AutoCloseable {
    /** What it says to one question. */
    record Answer(DnsResponseCode code, boolean truncated, int ttl, List<InetAddress> addresses) {
        static final Answer NXDOMAIN = new Answer(DnsResponseCode.NXDOMAIN, false, 0, List.of());
        static final Answer SERVFAIL = new Answer(DnsResponseCode.SERVFAIL, false, 0, List.of());
        static final Answer NO_DATA = new Answer(DnsResponseCode.NOERROR, false, 0, List.of());
        static final Answer TRUNCATED = new Answer(DnsResponseCode.NOERROR, true, 0, List.of());

        /** Addresses that hold for a minute. */
        static Answer of(String... addresses) {
            return new Answer(
                    DnsResponseCode.NOERROR,
                    false,
                    60,
                    Stream.of(addresses)
                            .map(NetUtil::createInetAddressFromIpAddressString)
                            .toList());
        }
    }

    private final EventLoopGroup loops = Transport.NIO.loops(1);
    private final Map<String, Supplier<@Nullable Answer>> udp = new ConcurrentHashMap<>();
    private final Map<String, Supplier<@Nullable Answer>> tcp = new ConcurrentHashMap<>();
    private final Map<String, String> aliases = new ConcurrentHashMap<>();
    private final List<String> questions = new CopyOnWriteArrayList<>();
    private final InetSocketAddress address;

    DnsServer() {
        Channel listener = new ServerBootstrap()
                .group(loops)
                .channel(Transport.NIO.listener())
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline().addLast(new TcpDnsQueryDecoder(), new TcpDnsResponseEncoder(), new Tcp());
                    }
                })
                .bind(NetUtil.LOCALHOST4, 0)
                .syncUninterruptibly()
                .channel();
        address = (InetSocketAddress) listener.localAddress();
        new Bootstrap()
                .group(loops)
                .channel(Transport.NIO.datagram())
                .handler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline()
                                .addLast(new DatagramDnsQueryDecoder(), new DatagramDnsResponseEncoder(), new Udp());
                    }
                })
                .bind(address)
                .syncUninterruptibly();
    }

    InetSocketAddress address() {
        return address;
    }

    /** Answers the question, such as {@code "A example.org"}; any other is met with silence. */
    DnsServer on(String question, Answer answer) {
        return on(question, () -> answer);
    }

    /** Asks the supplier at each question; null is silence. */
    DnsServer on(String question, Supplier<@Nullable Answer> answers) {
        udp.put(question, answers);
        return this;
    }

    DnsServer onTcp(String question, Answer answer) {
        tcp.put(question, () -> answer);
        return this;
    }

    /** Says in every answer, asked or not, that the one name is another's. */
    DnsServer insistingOn(String alias, String name) {
        aliases.put(alias, name);
        return this;
    }

    DnsServer stopInsisting() {
        aliases.clear();
        return this;
    }

    /** What it was asked, such as {@code "AAAA example.org"}. */
    List<String> questions() {
        return questions;
    }

    @Override
    public void close() {
        loops.shutdownGracefully(0, 5, TimeUnit.SECONDS).syncUninterruptibly();
    }

    private <R extends DnsResponse> void answer(
            DnsQuery query, Map<String, Supplier<@Nullable Answer>> answers, R response, ChannelHandlerContext ctx) {
        DnsQuestion question = query.recordAt(DnsSection.QUESTION);
        String name = question.name();
        String text = question.type().name() + " " + name.substring(0, name.length() - 1);
        questions.add(text);
        Answer answer = answers.getOrDefault(text, () -> null).get();
        if (answer == null) {
            response.release();
            return;
        }
        response.setCode(answer.code).setTruncated(answer.truncated).setRecursionAvailable(true);
        response.addRecord(DnsSection.QUESTION, new DefaultDnsQuestion(name, question.type()));
        for (InetAddress each : answer.addresses) {
            DnsRecordType type = each.getAddress().length == 4 ? DnsRecordType.A : DnsRecordType.AAAA;
            response.addRecord(
                    DnsSection.ANSWER,
                    new DefaultDnsRawRecord(name, type, answer.ttl, Unpooled.wrappedBuffer(each.getAddress())));
        }
        aliases.forEach((alias, of) -> response.addRecord(
                DnsSection.ANSWER, new DefaultDnsRawRecord(alias + ".", DnsRecordType.CNAME, 86_400, encoded(of))));
        ctx.writeAndFlush(response);
    }

    /** RFC 1035 section 3.1. */
    private static ByteBuf encoded(String name) {
        ByteBuf labels = Unpooled.buffer();
        for (String label : name.split("\\.")) {
            labels.writeByte(label.length()).writeCharSequence(label, StandardCharsets.US_ASCII);
        }
        return labels.writeByte(0);
    }

    private final class Udp extends SimpleChannelInboundHandler<DatagramDnsQuery> {
        @Override
        protected void channelRead0(ChannelHandlerContext ctx, DatagramDnsQuery query) {
            InetSocketAddress client = query.sender();
            answer(query, udp, new DatagramDnsResponse(query.recipient(), client, query.id()), ctx);
        }
    }

    private final class Tcp extends SimpleChannelInboundHandler<DnsQuery> {
        @Override
        protected void channelRead0(ChannelHandlerContext ctx, DnsQuery query) {
            answer(query, tcp, new DefaultDnsResponse(query.id()), ctx);
        }
    }
}
