package io.hopline.api.transport;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/** Verifies a server's certificate as another trust manager does, and says in plain words what is wrong with it. */
final class ServerTrust extends X509ExtendedTrustManager {

    private final X509ExtendedTrustManager rules;

    ServerTrust(X509ExtendedTrustManager rules) {
        this.rules = rules;
    }

    /** What is wrong, for an operator; its message is the whole story. */
    static final class Refusal extends CertificateException {

        private static final long serialVersionUID = 1L;

        Refusal(String text, Throwable cause) {
            super(text, cause);
        }
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        try {
            rules.checkServerTrusted(chain, authType, engine);
        } catch (CertificateException e) {
            throw new Refusal(why(chain, authType, engine.getPeerHost(), e), e);
        }
    }

    private String why(X509Certificate[] chain, String authType, String name, CertificateException failure) {
        X509Certificate certificate = chain[0];
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof CertificateExpiredException || cause instanceof CertificateNotYetValidException) {
                return "certificate of " + name + " is not valid now: " + cause.getMessage();
            }
        }
        try {
            rules.checkServerTrusted(chain, authType);
        } catch (CertificateException e) {
            return "certificate of " + name + " is not trusted: it is issued by "
                    + chain[chain.length - 1].getIssuerX500Principal().getName()
                    + "; set tls.ca to a file with the certificate of a CA to trust";
        }
        return "certificate is for " + String.join(", ", CertificateNames.of(certificate)) + ", not " + name
                + "; set tls.server-name if one of these is meant";
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        rules.checkServerTrusted(chain, authType, socket);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        rules.checkServerTrusted(chain, authType);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        rules.checkClientTrusted(chain, authType, engine);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        rules.checkClientTrusted(chain, authType, socket);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        rules.checkClientTrusted(chain, authType);
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return rules.getAcceptedIssuers();
    }
}
