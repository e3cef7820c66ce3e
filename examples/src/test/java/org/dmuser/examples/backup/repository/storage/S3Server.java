package org.dmuser.examples.backup.repository.storage;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A server that speaks S3, in a process of its own, on loopback. A directory in its data is a bucket. */
public final class S3Server implements AutoCloseable {
    private static final Path JAR = Path.of("target/s3proxy/s3proxy.jar");
    private static final Pattern STARTED = Pattern.compile("Started ServerConnector.*\\{127\\.0\\.0\\.1:(\\d+)}");

    private final Process process;
    private final int port;
    private final Thread drain;

    private S3Server(Process process, int port, BufferedReader log) {
        this.process = process;
        this.port = port;
        drain = new Thread(() -> log.lines().forEach(line -> {}), "s3-log");
        drain.setDaemon(true);
        drain.start();
    }

    /** Starts one, and gives this process the credentials for it. */
    public static S3Server start(Path directory) throws IOException {
        Path data = Files.createDirectory(directory.resolve("data"));
        Files.createDirectory(data.resolve("bucket"));
        Path properties = directory.resolve("s3.properties");
        Files.write(
                properties,
                List.of(
                        "s3proxy.endpoint=http://127.0.0.1:0",
                        "s3proxy.authorization=aws-v2-or-v4",
                        "s3proxy.identity=test",
                        "s3proxy.credential=secret",
                        "jclouds.provider=filesystem-nio2",
                        "jclouds.identity=none",
                        "jclouds.credential=none",
                        "jclouds.filesystem.basedir=" + data));
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-Xmx256m",
                        "-jar",
                        JAR.toString(),
                        "--properties",
                        properties.toString())
                .redirectErrorStream(true)
                .start();
        System.setProperty("aws.accessKeyId", "test");
        System.setProperty("aws.secretAccessKey", "secret");
        return started(process);
    }

    private static S3Server started(Process process) throws IOException {
        BufferedReader log =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        StringBuilder text = new StringBuilder();
        for (String line; (line = log.readLine()) != null; ) {
            text.append(line).append('\n');
            Matcher started = STARTED.matcher(line);
            if (started.find()) {
                return new S3Server(process, Integer.parseInt(started.group(1)), log);
            }
        }
        throw new IOException("S3Proxy did not start:\n" + text);
    }

    public int port() {
        return port;
    }

    @Override
    public void close() {
        process.destroyForcibly();
        process.onExit().join();
        System.clearProperty("aws.accessKeyId");
        System.clearProperty("aws.secretAccessKey");
    }
}
