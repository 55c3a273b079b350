package io.hopline.connect;

import io.hopline.api.Entry;
import io.hopline.api.Inbound;
import io.hopline.api.Outbound;
import io.hopline.api.settings.Settings;
import io.hopline.connect.http1.HeadLimits;

/** Settings of an inbound that takes CONNECT alone. */
public record ConnectEntry(BasicAuthentication authentication, HeadLimits limits) implements Entry {

    /** With the defaults of {@code reference.conf}: everybody may use it. */
    public static ConnectEntry create() {
        return Settings.read("inbound.connect", "", ConnectEntry::read);
    }

    static ConnectEntry read(Settings settings) {
        return new ConnectEntry(BasicAuthentication.read(settings), HeadLimits.read(settings));
    }

    @Override
    public String type() {
        return "connect";
    }

    @Override
    public Inbound to(Outbound outbound) {
        return new ConnectInbound(this, outbound);
    }

    @Override
    public boolean authenticates() {
        return authentication.users().isPresent();
    }
}
