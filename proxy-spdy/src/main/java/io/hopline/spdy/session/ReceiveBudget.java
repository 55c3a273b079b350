package io.hopline.spdy.session;

/**
 * The bytes that a session's streams may hold together, shared out among the streams' windows.
 *
 * <p>Since the windows never add up to more than the budget, but for what every stream starts with, the session's own window can be
 * credited as soon as data arrives: streams that nobody reads fill their own windows and no more.
 */
final class ReceiveBudget {

    private final int total;
    private final boolean hasWindow;
    private int shared;
    private int windows;
    private long open;

    /** @param hasWindow whether the peer is held to a window for the whole session */
    ReceiveBudget(int total, boolean hasWindow) {
        this.total = total;
        this.hasWindow = hasWindow;
        this.open = total;
    }

    /** The credit that lifts the session's window from where it starts to the budget; 0 where there is none to give. */
    int firstCredit() {
        return hasWindow ? total - SendWindow.INITIAL : 0;
    }

    /** How many streams have a window: those that are over count until their channels are closed, which hold what was not read. */
    int windows() {
        return windows;
    }

    void opened() {
        windows++;
    }

    /** Hands out up to the wanted bytes, 0 if all are shared out. */
    int take(int wanted) {
        int share = Math.max(0, Math.min(wanted, total - shared));
        shared += share;
        return share;
    }

    /** The stream holds nothing any more; its share is there for others. */
    void closed(int share) {
        windows--;
        shared -= share;
    }

    /** Counts data that arrived; no if the peer has sent more than the session's window lets it. */
    boolean arrived(int bytes) {
        open -= bytes;
        return !hasWindow || open >= 0;
    }

    /** The session's credit that is due; 0 if that is too little for a frame. */
    int credit() {
        int due = (int) (total - open);
        if (!hasWindow || due < total / 2) {
            return 0;
        }
        open += due;
        return due;
    }
}
