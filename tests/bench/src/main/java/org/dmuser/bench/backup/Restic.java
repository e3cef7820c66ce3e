package org.dmuser.bench.backup;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** restic as Debian has it, with a repository of the format that compresses, at the level it chooses itself. */
final class Restic {
    private final Workplace workplace;
    private final Path repository;
    private final Map<String, String> environment;

    Restic(Workplace workplace) {
        this.workplace = workplace;
        repository = workplace.directory().resolve("restic");
        environment = Map.of(
                "RESTIC_PASSWORD",
                "bench",
                "RESTIC_CACHE_DIR",
                workplace.directory().resolve("restic.cache").toString());
    }

    Path repository() {
        return repository;
    }

    void init() throws IOException, InterruptedException {
        run("init", "--repository-version", "2");
    }

    Timed.Cost backup(Path image) throws IOException, InterruptedException {
        return run("backup", image.toString());
    }

    /** Until the data is on the disk, which restic itself does not wait for. */
    Timed.Cost restore(Path directory, Path image) throws IOException, InterruptedException {
        String command = String.join(" ", words("restore", "latest", "--target", directory.toString()));
        return workplace.time(
                environment, List.of("sh", "-c", command + " && sync '" + restored(directory, image) + "'"));
    }

    /** Where an image goes. */
    static Path restored(Path directory, Path image) {
        return directory.resolve(Path.of("/").relativize(image.toAbsolutePath()));
    }

    private Timed.Cost run(String... more) throws IOException, InterruptedException {
        return workplace.time(environment, words(more));
    }

    private List<String> words(String... more) {
        List<String> words = new ArrayList<>(List.of("restic", "--quiet", "--repo", repository.toString()));
        words.addAll(List.of(more));
        return words;
    }
}
