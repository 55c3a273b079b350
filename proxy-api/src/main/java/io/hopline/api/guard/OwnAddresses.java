package io.hopline.api.guard;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;

/** Whether a connection to an address ends at a listener of ours. */
final class OwnAddresses {

    private OwnAddresses() {}

    /**
     * @param listener where something listens, all addresses of this machine perhaps
     * @param address where a connection on the same port goes
     */
    static boolean reach(InetAddress listener, InetAddress address) {
        if (address.isAnyLocalAddress()) {
            // A system takes it for its loopback address.
            return listener.isAnyLocalAddress() || listener.isLoopbackAddress();
        }
        return listener.isAnyLocalAddress() ? isOurs(address) : listener.equals(address);
    }

    private static boolean isOurs(InetAddress address) {
        try {
            return address.isLoopbackAddress() || NetworkInterface.getByInetAddress(address) != null;
        } catch (SocketException e) {
            return false;
        }
    }
}
