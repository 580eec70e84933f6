package dev.temper.trainer.supervise;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A network between two programs that can be cut and mended. */
final class TcpProxy implements AutoCloseable {
    private final ServerSocket listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final int target;
    private volatile boolean cut;
    private volatile boolean swallowing;

    TcpProxy(int target) throws IOException {
        this.target = target;
        Thread.ofVirtual().start(this::accept);
    }

    URI address() {
        return URI.create("http://localhost:" + listening.getLocalPort());
    }

    /** Breaks every connection, and each that is tried, until it is mended. */
    void cut() {
        cut = true;
        open.forEach(TcpProxy::close);
        open.clear();
    }

    /**
     * Keeps every connection and lets nothing through, without anybody being told. What was said meanwhile is lost; a
     * connection that was there then stays dead, as one whose way through a firewall was forgotten.
     */
    void swallow() {
        swallowing = true;
    }

    void mend() {
        cut = false;
        swallowing = false;
    }

    private void accept() {
        try {
            while (true) {
                Socket here = listening.accept();
                if (cut) {
                    close(here);
                    continue;
                }
                Socket there = new Socket(InetAddress.getLoopbackAddress(), target);
                open.add(here);
                open.add(there);
                Thread.ofVirtual().start(() -> carry(here, there));
                Thread.ofVirtual().start(() -> carry(there, here));
            }
        } catch (IOException _) {
            // Closed.
        }
    }

    private void carry(Socket from, Socket to) {
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            byte[] bytes = new byte[1 << 13];
            boolean dead = false;
            for (int count = in.read(bytes); count >= 0; count = in.read(bytes)) {
                dead |= swallowing;
                if (!dead) {
                    out.write(bytes, 0, count);
                }
            }
        } catch (IOException _) {
            // Cut.
        } finally {
            open.remove(from);
            open.remove(to);
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException _) {
            // It is closed already.
        }
    }

    @Override
    public void close() throws IOException {
        listening.close();
        cut();
    }
}
