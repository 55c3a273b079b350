package io.hopline.socks;

import io.hopline.api.HostPort;
import io.netty.util.NetUtil;
import java.nio.ByteBuffer;

/**
 * The numbers of "SOCKS: A protocol for TCP proxy across firewalls" (Ying-Da Lee), section 1, and of "SOCKS 4A: A simple extension
 * to SOCKS 4 protocol".
 */
final class Socks4 {

    static final int VERSION = 4;
    static final int REPLY_VERSION = 0;
    static final int REPLY_LENGTH = 8;

    /** VN, CD, DSTPORT and DSTIP; a request's texts follow. */
    static final int HEAD_LENGTH = 8;

    /** SOCKS4 sets no limit to USERID; this one is what SOCKS5 has for its own. */
    static final int USER_ID_MAX = 255;

    /** What a host name has at most; see {@link HostPort}. */
    static final int NAME_MAX = 255;

    private Socks4() {}

    /** Whether DSTIP is 0.0.0.x with an x other than 0, which tells that a name follows (4A). */
    static boolean announcesName(int address) {
        return address >>> 8 == 0 && address != 0;
    }

    /** Whether DSTIP can say the host: an IPv4 literal that is not taken for the announcement of a name. */
    static boolean isAddress(String host) {
        return NetUtil.isValidIpV4Address(host)
                && !announcesName(ByteBuffer.wrap(NetUtil.createByteArrayFromIpAddressString(host))
                        .getInt());
    }
}
