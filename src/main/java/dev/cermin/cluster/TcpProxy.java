package dev.cermin.cluster;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The network between services and a store: it can be slow, silent or cut. Thread-safe. */
public final class TcpProxy implements AutoCloseable {
    private static final int CHUNK = 16 << 10;

    private final ServerSocket server;
    private final int target;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private volatile Duration delay = Duration.ZERO;
    private boolean silent;

    /** @param target a port of this machine */
    TcpProxy(ServerSocket server, int target) {
        this.server = server;
        this.target = target;
        Thread.ofVirtual().name("proxy-" + target).start(this::accept);
    }

    public int port() {
        return server.getLocalPort();
    }

    /** Each piece of at most 16 KiB takes so long, either way; zero: none. */
    public void delay(Duration each) {
        delay = each;
    }

    /** Nothing comes through, and no connection ends, as behind a firewall that forgot them. */
    public synchronized void silence(boolean on) {
        silent = on;
        notifyAll();
    }

    /** Ends all connections; new ones are taken. */
    public void cut() {
        open.forEach(TcpProxy::close);
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                open.add(client);
                Thread.ofVirtual().start(() -> connect(client));
            } catch (IOException e) {
                if (!server.isClosed()) {
                    throw new IllegalStateException("The proxy to port " + target + " takes no connections", e);
                }
            }
        }
    }

    private void connect(Socket client) {
        try {
            Socket store = new Socket(InetAddress.getLoopbackAddress(), target);
            store.setTcpNoDelay(true);
            client.setTcpNoDelay(true);
            open.add(store);
            Thread.ofVirtual().start(() -> copy(client, store));
            copy(store, client);
        } catch (IOException e) {
            close(client); // the store is away, which the client is to see
            open.remove(client);
        }
    }

    private void copy(Socket from, Socket to) {
        byte[] chunk = new byte[CHUNK];
        try (from;
                to;
                InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream()) {
            for (int n = in.read(chunk); n >= 0; n = in.read(chunk)) {
                awaitVoice();
                if (!delay.isZero()) {
                    Thread.sleep(delay);
                }
                out.write(chunk, 0, n);
            }
        } catch (IOException e) {
            // one of the two hung up: so does the other, by try
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            open.remove(from);
            open.remove(to);
        }
    }

    private synchronized void awaitVoice() throws InterruptedException {
        while (silent) {
            wait();
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new IllegalStateException("A socket can't be closed", e);
        }
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new IllegalStateException("The proxy to port " + target + " can't be closed", e);
        }
        silence(false);
        cut();
    }
}
