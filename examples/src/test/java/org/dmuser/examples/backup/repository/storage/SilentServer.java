package org.dmuser.examples.backup.repository.storage;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;

/** A server on loopback that takes requests, begins an answer or does not even that, and is never heard of again. */
final class SilentServer implements AutoCloseable {
    private final ServerSocket listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Queue<Socket> clients = new ConcurrentLinkedQueue<>();
    private final CountDownLatch requested = new CountDownLatch(1);
    private final String begins;

    /** @param begins the beginning of its answers */
    SilentServer(String begins) throws IOException {
        this.begins = begins;
        threads.execute(this::accept);
    }

    int port() {
        return listening.getLocalPort();
    }

    /** Returns when the first has begun to come, and what there is of an answer has gone. */
    void awaitRequest() throws InterruptedException {
        requested.await();
    }

    private void accept() {
        while (!listening.isClosed()) {
            try {
                Socket client = listening.accept();
                clients.add(client);
                threads.execute(() -> serve(client));
            } catch (IOException | RejectedExecutionException e) {
                // Closed.
            }
        }
    }

    private void serve(Socket client) {
        try (client) {
            client.getInputStream().read();
            client.getOutputStream().write(begins.getBytes(StandardCharsets.ISO_8859_1));
            requested.countDown();
            // Until the client goes.
            client.getInputStream().transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            // It has gone.
        }
    }

    @Override
    public void close() throws IOException {
        listening.close();
        threads.shutdown();
        for (Socket client : clients) {
            client.close();
        }
    }
}
