package org.dmuser.bench.backup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * dmuser and restic, in turn, on one image: restic reads its file, dmuser makes backups of the device that a daemon
 * serves of it.
 */
final class ResticPart {
    private static final long PLACES = 1;

    /** Does one thing with restic, or with dmuser. */
    @FunctionalInterface
    private interface Turn {
        void run() throws IOException, InterruptedException;
    }

    private final Workplace workplace;
    private final Restic restic;
    private final Path image;
    private final Path tracking;
    private final Path repository;
    private final Path encrypted;
    private final Path restored;
    private int repetition;

    private ResticPart(Workplace workplace) throws IOException, InterruptedException {
        this.workplace = workplace;
        restic = new Restic(workplace);
        image = workplace.image();
        Path directory = workplace.directory();
        tracking = directory.resolve("image.tracking");
        repository = directory.resolve("repository");
        encrypted = directory.resolve("repository.encrypted");
        restored = directory.resolve("restored");
    }

    static void run(Workplace workplace) throws IOException, InterruptedException {
        ResticPart part = new ResticPart(workplace);
        try (Workplace.Device device = workplace.serve("backup", "origin=" + part.image, "tracking=" + part.tracking)) {
            for (int i = 0; i < workplace.plan().repetitions(); i++) {
                workplace.announce(Part.RESTIC, i);
                part.repeat(device.file(), i);
            }
        }
    }

    private void repeat(Path device, int i) throws IOException, InterruptedException {
        repetition = i;
        long size = workplace.plan().size();
        restic.init();
        workplace.dmuser("backup", "init", repository.toString());
        inTurn(() -> resticBackup(Quantity.FIRST), () -> backup(Quantity.FIRST));
        workplace.add(new Measurement(Quantity.SIZE, Who.RESTIC, Workplace.bytesOf(restic.repository())));
        workplace.add(new Measurement(Quantity.SIZE, Who.DMUSER, Workplace.bytesOf(repository)));
        encryptedBackup();
        Workplace.write(device, Extent.files(size, PLACES), seed());
        inTurn(() -> resticBackup(Quantity.NEXT_FILES), () -> backup(Quantity.NEXT_FILES));
        Workplace.write(device, Extent.scattered(size, PLACES), seed());
        inTurn(() -> resticBackup(Quantity.NEXT_SCATTERED), () -> backup(Quantity.NEXT_SCATTERED));
        inTurn(this::resticRestore, this::restore);
        Workplace.delete(restic.repository());
        Workplace.delete(repository);
    }

    /** Different data at the same places, so that each time as much is new. */
    private long seed() {
        return System.nanoTime();
    }

    /** Another one is first each time. */
    private void inTurn(Turn one, Turn other) throws IOException, InterruptedException {
        for (Turn turn : repetition % 2 == 0 ? List.of(one, other) : List.of(other, one)) {
            workplace.settle(image);
            turn.run();
        }
    }

    private void resticBackup(Quantity quantity) throws IOException, InterruptedException {
        add(quantity, Who.RESTIC, restic.backup(image));
    }

    private void backup(Quantity quantity) throws IOException, InterruptedException {
        add(quantity, Who.DMUSER, create(repository));
    }

    /** With the priority that restic has: unless told otherwise, it lets others have the processors first. */
    private Timed.Cost create(Path repository, String... more) throws IOException, InterruptedException {
        List<String> words =
                new ArrayList<>(List.of("backup", "create", repository.toString(), tracking.toString(), "--nice", "0"));
        words.addAll(List.of(more));
        return workplace.dmuser(words.toArray(String[]::new));
    }

    /** restic can do nothing else; for information. */
    private void encryptedBackup() throws IOException, InterruptedException {
        String keyFile = workplace.directory().resolve("repository.key").toString();
        workplace.dmuser("backup", "init", encrypted.toString(), "--key-file", keyFile);
        workplace.settle(image);
        add(Quantity.FIRST, Who.DMUSER_ENCRYPTED, create(encrypted, "--key-file", keyFile));
        Workplace.delete(encrypted);
    }

    private void resticRestore() throws IOException, InterruptedException {
        add(Quantity.RESTORE, Who.RESTIC, restic.restore(restored, image));
        check(Restic.restored(restored, image));
    }

    private void restore() throws IOException, InterruptedException {
        Files.createDirectories(restored);
        Path target = restored.resolve("image");
        add(
                Quantity.RESTORE,
                Who.DMUSER,
                workplace.dmuser(
                        "backup", "restore", repository.toString(), "latest", target.toString(), "--nice", "0"));
        check(target);
    }

    /** A fast restore of something else would be worth little. */
    private void check(Path target) throws IOException, InterruptedException {
        workplace.run("cmp", image.toString(), target.toString());
        Workplace.delete(restored);
    }

    private void add(Quantity quantity, Who who, Timed.Cost cost) {
        workplace.add(new Measurement(quantity, who, cost.seconds(), cost.processorSeconds()));
    }
}
