package org.dmuser.examples.backup.repository.storage;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import javax.xml.stream.XMLStreamException;
import org.dmuser.examples.backup.repository.storage.S3Calls.Call;
import org.dmuser.examples.backup.repository.storage.S3Calls.Caller;
import org.dmuser.examples.backup.repository.storage.S3Calls.Leave;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * Objects in a bucket of S3, or of a server that speaks its protocol.
 *
 * <p>A PUT is whole or has not happened, and durable when it is answered: nothing is left to {@link #sync}. Each
 * carries the MD5 of its content, so that a body that was cut off or changed on its way is refused. Failures that may
 * pass (500, 503, 429, time-outs, connections that end) are tried again, by {@link Attempts} and not by the SDK, which
 * does not do so for bodies cut off while they are read.
 */
final class S3Storage implements Storage {
    /** The most that servers give. */
    private static final int PAGE = 1000;

    private static final String TYPE = "application/octet-stream";

    private final S3Url url;
    private final S3Client client;
    private final Attempts attempts;
    private final S3Calls calls;
    private final int page;

    /** @param stop breaks off what waits for the server */
    S3Storage(S3Url url, StopRequest stop) {
        this(url, PAGE, stop);
    }

    /** @param page objects in one answer to a listing */
    S3Storage(S3Url url, int page, StopRequest stop) {
        this.url = url;
        this.page = page;
        attempts = new Attempts(url.attempts(), stop);
        calls = new S3Calls(stop);
        client = S3Clients.open(url);
    }

    @Override
    public String url() {
        return url.text();
    }

    @Override
    public boolean isLocal() {
        return false;
    }

    /** Buckets are made by their owners, who decide where and for whom. */
    @Override
    public void create(List<String> folders) throws IOException {
        request(
                "looking for bucket " + url.bucket(),
                url.bucket(),
                caller -> client.headBucket(b -> b.bucket(url.bucket())));
    }

    @Override
    public void put(String name, ByteBuffer content) throws IOException {
        put(name, Leave.ONCE_ANSWERED, pieces(content));
    }

    @Override
    public void putTransient(String name, ByteBuffer content) throws IOException {
        put(name, Leave.AT_ANY_TIME, pieces(content));
    }

    private static Pieces pieces(ByteBuffer content) {
        Pieces pieces = new Pieces();
        pieces.write(0, content);
        return pieces;
    }

    private void put(String name, Leave leave, Pieces pieces) throws IOException {
        String md5 = pieces.md5();
        RequestBody body = RequestBody.fromContentProvider(pieces::stream, pieces.length(), TYPE);
        request(
                "writing " + name,
                name,
                leave,
                caller -> client.putObject(
                        b -> b.bucket(url.bucket())
                                .key(key(name))
                                .contentMD5(md5)
                                .contentType(TYPE),
                        body));
    }

    @Override
    public Upload upload() {
        return new S3Upload();
    }

    @Override
    public void read(String name, long offset, ByteBuffer dst) throws IOException {
        if (!dst.hasRemaining()) {
            return;
        }
        String range = "bytes=" + offset + "-" + (offset + dst.remaining() - 1);
        request(
                "reading " + name,
                name,
                caller -> client.getObject(
                        b -> b.bucket(url.bucket()).key(key(name)).range(range), (response, body) -> {
                            ByteBuffer content = dst.slice();
                            requireLength(name, offset, content.remaining(), response);
                            fill(caller, body, content);
                            return content;
                        }));
        dst.position(dst.limit());
    }

    /** The server says how much there is: if it is less than was asked for, it is not the connection that ended. */
    private static void requireLength(String name, long offset, long wanted, GetObjectResponse response)
            throws IOException {
        long length = response.contentLength();
        if (length != wanted) {
            throw new ObjectEndException(name + " ends at byte " + (offset + length));
        }
    }

    @Override
    public ByteBuffer read(String name) throws IOException {
        return request(
                "reading " + name,
                name,
                caller -> client.getObject(b -> b.bucket(url.bucket()).key(key(name)), (response, body) -> {
                    ByteBuffer content = ByteBuffer.allocate(Math.toIntExact(response.contentLength()));
                    fill(caller, body, content);
                    return content.flip();
                }));
    }

    private static void fill(Caller caller, InputStream body, ByteBuffer dst) throws IOException {
        byte[] piece = new byte[16 * 1024];
        while (dst.hasRemaining()) {
            int count = body.read(piece, 0, Math.min(piece.length, dst.remaining()));
            if (count < 0) {
                throw new IOException("the connection ended " + dst.remaining() + " bytes early");
            }
            caller.put(dst, piece, count);
        }
    }

    @Override
    public List<StoredObject> list(String folder) throws IOException {
        String prefix = key(folder) + "/";
        List<StoredObject> objects = new ArrayList<>();
        String from = null;
        do {
            ListObjectsV2Request next = ListObjectsV2Request.builder()
                    .bucket(url.bucket())
                    .prefix(prefix)
                    .maxKeys(page)
                    .continuationToken(from)
                    .build();
            ListObjectsV2Response response = request("listing " + folder, folder, caller -> client.listObjectsV2(next));
            response.contents()
                    .forEach(object -> objects.add(new StoredObject(
                            object.key().substring(prefix.length()),
                            object.size(),
                            object.lastModified().toEpochMilli())));
            from = Boolean.TRUE.equals(response.isTruncated()) ? response.nextContinuationToken() : null;
        } while (from != null);
        return objects;
    }

    @Override
    public void delete(String name) throws IOException {
        request(
                "deleting " + name,
                name,
                Leave.ONCE_ANSWERED,
                caller -> client.deleteObject(b -> b.bucket(url.bucket()).key(key(name))));
    }

    /** Nothing here: an object is in the listing whole, or not at all. */
    @Override
    public void removeAbandoned() {}

    @Override
    public void sync() {}

    @Override
    public void close() {
        calls.close();
        client.close();
    }

    private String key(String name) {
        return url.prefix() + name;
    }

    private <T> T request(String what, String name, Call<T> request) throws IOException {
        return request(what, name, Leave.AT_ANY_TIME, request);
    }

    private <T> T request(String what, String name, Leave leave, Call<T> request) throws IOException {
        String doing = "repository " + url.text() + ": " + what;
        return attempts.run(doing, () -> {
            try {
                return calls.run(doing, leave, request);
            } catch (S3Exception e) {
                throw refused(what, name, e);
            } catch (SdkException | UncheckedIOException e) {
                throw broken(e);
            }
        });
    }

    private IOException refused(String what, String name, S3Exception e) {
        String code = code(e);
        String status = "status " + e.statusCode() + (code.isEmpty() ? "" : " " + code);
        String repository = "repository " + url.text() + ": ";
        boolean passing = e.statusCode() >= 500
                || e.statusCode() == 429
                || code.equals("RequestTimeout")
                || code.equals("BadDigest");
        if (passing) {
            return new Attempts.PassingException(status, e);
        }
        if (e.statusCode() == 416) {
            return new EOFException(name + " ends before what was to be read");
        }
        if (e.statusCode() == 404 && (code.equals("NoSuchBucket") || name.equals(url.bucket()))) {
            return new IOException(repository + "there is no bucket " + url.bucket() + "; make it first", e);
        }
        if (e.statusCode() == 404) {
            return new NoSuchFileException(name);
        }
        String advice = e.statusCode() == 403 ? "; look at your credentials, and at what they allow" : "";
        return new IOException(repository + what + " was refused: " + status + advice, e);
    }

    /** The server's word for what is wrong; empty if it said none. */
    private static String code(S3Exception e) {
        String code = e.awsErrorDetails() == null ? null : e.awsErrorDetails().errorCode();
        return code == null ? "" : code;
    }

    /** Failures before there was an answer, or while it was read. */
    private IOException broken(RuntimeException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof ObjectEndException end) {
                return end;
            }
            // An answer cut off in the middle of a listing is bad XML to the SDK, and nothing else.
            if (cause instanceof IOException || cause instanceof XMLStreamException) {
                return new Attempts.PassingException(cause.toString(), e);
            }
        }
        if (String.valueOf(e.getMessage()).startsWith("Unable to load credentials")) {
            return new IOException(
                    "repository " + url.text() + ": there are no credentials: set AWS_ACCESS_KEY_ID and"
                            + " AWS_SECRET_ACCESS_KEY, or name a profile of ~/.aws/credentials by AWS_PROFILE",
                    e);
        }
        return e instanceof SdkClientException client && client.retryable()
                ? new Attempts.PassingException(e.getMessage(), e)
                : new IOException("repository " + url.text() + ": " + e.getMessage(), e);
    }

    /** Not one of those that the SDK and the JDK throw for connections that end. */
    private static final class ObjectEndException extends EOFException {
        private static final long serialVersionUID = 1L;

        ObjectEndException(String message) {
            super(message);
        }
    }

    private final class S3Upload implements Upload {
        private final Pieces pieces = new Pieces();

        @Override
        public void write(long offset, ByteBuffer src) {
            pieces.write(offset, src);
        }

        @Override
        public void complete(String name) throws IOException {
            // A pack that comes later than its writer went is one that no index lists, and harmless.
            put(name, Leave.AT_ANY_TIME, pieces);
        }

        @Override
        public void close() {
            pieces.clear();
        }
    }
}
