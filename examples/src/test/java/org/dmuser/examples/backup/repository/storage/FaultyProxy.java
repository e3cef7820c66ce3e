package org.dmuser.examples.backup.repository.storage;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Stands between a client and a server of HTTP, on loopback, and does harm. One request for each connection. */
public final class FaultyProxy implements AutoCloseable {
    private static final Pattern LENGTH = Pattern.compile("(?im)^content-length: *(\\d+)");
    private static final Pattern CHUNKED = Pattern.compile("(?im)^transfer-encoding: *chunked");
    private static final Pattern CONNECTION = Pattern.compile("(?im)^connection:.*\\r\\n");

    /** What becomes of a request. */
    public enum Fault {
        NONE,
        /** The server never sees it. */
        STATUS_500,
        STATUS_503,
        /** The connection ends when half of the request has been read. */
        REQUEST_CUT,
        /** The connection ends after half of the answer. */
        ANSWER_CUT,
        /** Nothing comes after half of the answer, until the client gives up. */
        ANSWER_STALLED,
        /** The answer comes in small pieces. */
        ANSWER_IN_PIECES
    }

    private final ServerSocket listening;
    private final int serverPort;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    /** Says for the first line of each request what becomes of it. */
    private volatile Function<String, Fault> faults = line -> Fault.NONE;

    public FaultyProxy(int serverPort) throws IOException {
        this.serverPort = serverPort;
        listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        threads.execute(this::accept);
    }

    public int port() {
        return listening.getLocalPort();
    }

    public void faults(Function<String, Fault> chosen) {
        faults = chosen;
    }

    private void accept() {
        while (!listening.isClosed()) {
            try {
                Socket client = listening.accept();
                threads.execute(() -> serve(client));
            } catch (IOException e) {
                // Closed; or one connection less.
            }
        }
    }

    private void serve(Socket client) {
        try (client;
                Socket server = new Socket(InetAddress.getLoopbackAddress(), serverPort)) {
            InputStream in = client.getInputStream();
            String head = head(in);
            Fault fault = faults.apply(head.substring(0, head.indexOf('\r')));
            Matcher length = LENGTH.matcher(head);
            int body = length.find() ? Integer.parseInt(length.group(1)) : 0;
            if (fault == Fault.REQUEST_CUT) {
                in.readNBytes(body / 2);
                return;
            }
            byte[] content = in.readNBytes(body);
            if (fault == Fault.STATUS_500 || fault == Fault.STATUS_503) {
                answer(client, fault == Fault.STATUS_500 ? "500 Internal Server Error" : "503 Slow Down");
                return;
            }
            OutputStream out = server.getOutputStream();
            out.write(once(head).getBytes(StandardCharsets.ISO_8859_1));
            out.write(content);
            out.flush();
            pass(answer(server.getInputStream(), head.startsWith("HEAD ")), client, fault);
        } catch (IOException e) {
            // The client sees a connection that ends.
        }
    }

    private static void answer(Socket client, String status) throws IOException {
        client.getOutputStream()
                .write(("HTTP/1.1 " + status + "\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
                        .getBytes(StandardCharsets.ISO_8859_1));
    }

    private static void pass(byte[] answer, Socket client, Fault fault) throws IOException {
        OutputStream out = client.getOutputStream();
        if (fault == Fault.ANSWER_CUT || fault == Fault.ANSWER_STALLED) {
            out.write(answer, 0, answer.length / 2 + 200 < answer.length ? answer.length / 2 + 200 : answer.length / 2);
            out.flush();
            if (fault == Fault.ANSWER_STALLED) {
                // Until the client goes.
                client.getInputStream().read();
            }
        } else if (fault == Fault.ANSWER_IN_PIECES) {
            for (int i = 0; i < answer.length; i += 7000) {
                out.write(answer, i, Math.min(7000, answer.length - i));
                out.flush();
            }
        } else {
            out.write(answer);
        }
    }

    private static String head(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        for (int end = 0; end < 4; ) {
            int next = in.read();
            if (next < 0) {
                throw new EOFException();
            }
            head.write(next);
            end = next == (end % 2 == 0 ? '\r' : '\n') ? end + 1 : 0;
        }
        return head.toString(StandardCharsets.ISO_8859_1);
    }

    /** All of it, and no more: the server may keep the connection open for a while although it was asked not to. */
    private static byte[] answer(InputStream in, boolean headOnly) throws IOException {
        String head = head(in);
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        answer.write(head.getBytes(StandardCharsets.ISO_8859_1));
        Matcher length = LENGTH.matcher(head);
        if (headOnly || head.startsWith("HTTP/1.1 204")) {
            return answer.toByteArray();
        }
        if (length.find()) {
            answer.write(in.readNBytes(Integer.parseInt(length.group(1))));
        } else if (CHUNKED.matcher(head).find()) {
            readChunks(in, answer);
        } else {
            in.transferTo(answer);
        }
        return answer.toByteArray();
    }

    private static void readChunks(InputStream in, ByteArrayOutputStream answer) throws IOException {
        int length;
        do {
            String line = line(in);
            answer.write(line.getBytes(StandardCharsets.ISO_8859_1));
            length = Integer.parseInt(line.strip(), 16);
            answer.write(in.readNBytes(length + 2));
        } while (length > 0);
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        while (line.indexOf("\n") < 0) {
            line.append((char) in.read());
        }
        return line.toString();
    }

    /** So that the answer ends with the connection. */
    private static String once(String head) {
        return CONNECTION.matcher(head).replaceAll("").replaceFirst("\r\n", "\r\nConnection: close\r\n");
    }

    @Override
    public void close() throws IOException {
        listening.close();
        threads.shutdownNow();
    }
}
