package io.hopline.api;

import io.netty.handler.codec.CodecException;

/** Why a dial failed, at which hop of the chain and in which step; carries no stack trace, since it reports on the network. */
public final class DialException extends Exception {

    private static final long serialVersionUID = 1L;

    /** What kind of failure it was; each inbound maps it to its own reply. */
    public enum Reason {
        /** The other side said no: a refused connection, or a reply that says so. */
        REFUSED,
        /** No way there: an unknown name, no route. */
        UNREACHABLE,
        /** No network leads there, ours or a hop's. */
        UNROUTABLE,
        /** No answer in time. */
        TIMEOUT,
        /** A rule forbids it, ours or a hop's. */
        DENIED,
        /** A hop wants credentials, or other ones. */
        AUTH,
        /** What came was not what the protocol allows, or was cut short. */
        PROTOCOL,
        /** What tells nothing of the target, such as want of descriptors. */
        FAILED
    }

    private final String text;
    private final String told;
    private final Reason reason;
    private final transient HopRef at;
    private final Step step;

    /**
     * @param at what could not be reached or did not work: a hop, or {@link HopRef#TARGET}
     * @param detail what happened, without the hop and the step, for example {@code connection refused}
     */
    public DialException(Reason reason, HopRef at, Step step, String detail) {
        this(reason, at, step, detail, detail);
    }

    private DialException(Reason reason, HopRef at, Step step, String detail, String told) {
        super(null, null, false, false);
        this.text = at + ", " + step + ": " + detail;
        this.told = at + ", " + step + ": " + told;
        this.reason = reason;
        this.at = at;
        this.step = step;
    }

    /** A rule of ours forbids it: the operator learns which one, the client only that there is one. */
    public static DialException denied(HopRef at, String rule) {
        return new DialException(
                Reason.DENIED,
                at,
                Step.CONNECT,
                "denied by the rules of this proxy: " + rule,
                "denied by the rules of this proxy");
    }

    /** Names the hop, the step and what happened; holds no secrets, but is for operators: clients get {@link #told}. */
    @Override
    public String getMessage() {
        return text;
    }

    /** As {@link #getMessage}, without what is none of a client's business. */
    public String told() {
        return told;
    }

    public Reason reason() {
        return reason;
    }

    public HopRef at() {
        return at;
    }

    public Step step() {
        return step;
    }

    /**
     * The failure as a {@code DialException}: itself, FAILED at the given place for what goes wrong in code here, of which clients learn
     * nothing more, or PROTOCOL for anything else that nobody foresaw.
     */
    public static DialException from(Throwable failure, HopRef at, Step step) {
        if (failure instanceof DialException known) {
            return known;
        }
        String text = Unforeseen.text(failure);
        if (failure instanceof LinkageError) {
            return new DialException(Reason.FAILED, at, step, text, "a plugin of this proxy can't be loaded");
        }
        return isDefect(failure)
                ? new DialException(Reason.FAILED, at, step, text, "an error inside this proxy")
                : new DialException(Reason.PROTOCOL, at, step, text);
    }

    /** By {@code CodecException}s Netty tells what a peer did wrong, and what a decoder threw. */
    private static boolean isDefect(Throwable failure) {
        return failure instanceof CodecException
                ? failure.getCause() != null && isDefect(failure.getCause())
                : failure instanceof RuntimeException || failure instanceof Error;
    }
}
