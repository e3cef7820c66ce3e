package org.dmuser.bench.backup;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.dmuser.cli.base.CliException;
import org.dmuser.cli.base.StopSignal;
import org.dmuser.cli.system.ExternalCommand;

/**
 * The image of an ext4 with files of this machine: programs, libraries, texts, archives, in their own sizes.
 *
 * <p>Of all files below /usr, sorted by name, evenly many are taken, so that a smaller image has the same mixture; a
 * file too large to be one of many is left out.
 */
final class DiskImage {
    private static final Path SOURCE = Path.of("/usr");
    private static final int LARGEST_PART = 20;

    private final Path image;
    private final Path mount;
    private final long size;
    private final long data;
    private final StopSignal stop;

    /**
     * @param size of the image, in bytes
     * @param data of the files in it, in bytes
     */
    DiskImage(Path directory, long size, long data, StopSignal stop) {
        image = directory.resolve("image");
        mount = directory.resolve("image.mnt");
        this.size = size;
        this.data = data;
        this.stop = stop;
    }

    Path make() throws IOException, InterruptedException {
        try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw")) {
            file.setLength(size);
        }
        // All of the file system's own writing is done by mkfs, and none by the kernel while others are measured.
        run("mkfs.ext4", "-q", "-F", "-m", "0", "-E", "lazy_itable_init=0,lazy_journal_init=0", image.toString());
        Files.createDirectory(mount);
        run("mount", "-o", "loop", image.toString(), mount.toString());
        try {
            copyFiles();
        } finally {
            ExternalCommand.of("umount", mount.toString()).run(StopSignal.never());
        }
        return image;
    }

    private void run(String... words) throws InterruptedException {
        ExternalCommand.of(words).run(stop);
    }

    private record Source(Path path, long bytes) {}

    private void copyFiles() throws IOException {
        List<Source> sources = sources();
        double share = (double) data / sources.stream().mapToLong(Source::bytes).sum();
        double due = 0;
        for (Source source : sources) {
            if (stop.isRequested()) {
                throw new CliException("stopped");
            }
            due += share;
            if (due >= 1) {
                due -= 1;
                copy(source);
            }
        }
    }

    private void copy(Source source) throws IOException {
        Path target = mount.resolve(SOURCE.relativize(source.path()));
        Files.createDirectories(target.getParent());
        Files.copy(source.path(), target);
    }

    private List<Source> sources() throws IOException {
        List<Source> sources = new ArrayList<>();
        try (Stream<Path> files = Files.walk(SOURCE)) {
            for (Path file : files.filter(it -> Files.isRegularFile(it, LinkOption.NOFOLLOW_LINKS))
                    .sorted()
                    .toList()) {
                long bytes = Files.size(file);
                if (bytes > 0 && bytes <= data / LARGEST_PART) {
                    sources.add(new Source(file, bytes));
                }
            }
        }
        return sources;
    }
}
