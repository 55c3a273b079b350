package com.example.embedding;

import java.net.InetSocketAddress;

/** What a program does while it has a proxy. */
@FunctionalInterface
interface Work {
    void with(InetSocketAddress proxy) throws Exception;
}
