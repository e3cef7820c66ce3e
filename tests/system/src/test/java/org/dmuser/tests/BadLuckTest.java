package org.dmuser.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.dmuser.tests.harness.CliProcess;
import org.dmuser.tests.harness.DeviceIo;
import org.dmuser.tests.harness.Fio;
import org.dmuser.tests.harness.Needs;
import org.dmuser.tests.harness.Outcome;
import org.dmuser.tests.harness.Requirement;
import org.dmuser.tests.harness.Sandbox;
import org.dmuser.tests.harness.ServiceRig;
import org.dmuser.tests.harness.SystemTest;
import org.dmuser.tests.harness.Wait;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Ends of all kinds in the middle of requests of 1 MiB, of which 16 are under way: nothing is left, and it goes on. */
@SystemTest
@Needs({Requirement.FUSE, Requirement.ROOT, Requirement.FIO})
class BadLuckTest {
    private static final Duration END = Sandbox.SHORT;
    private static final long SECTORS = (64 << 20) / 512;

    /** How a mount may end against the will of those who use it. */
    enum Calamity {
        REMOVED_BY_FORCE {
            @Override
            void strike(Sandbox sandbox, ServiceRig service, Path device) throws Exception {
                service.run("remove", "--force", "--retry", "disk");
            }
        },

        /** Those who have it open may go on, so they have to be ended as well. */
        DETACHED {
            @Override
            void strike(Sandbox sandbox, ServiceRig service, Path device) throws Exception {
                sandbox.program("umount", "-l", device.toString()).requireSuccess();
                service.run("remove", "--force", "--retry", "disk");
            }
        },

        /** By {@code umount -f}, which cannot unmount what is open. */
        FORCED {
            @Override
            void strike(Sandbox sandbox, ServiceRig service, Path device) throws Exception {
                sandbox.program("umount", "-f", device.toString());
                service.run("remove", "--force", "--retry", "disk");
            }
        },

        ABORTED {
            @Override
            void strike(Sandbox sandbox, ServiceRig service, Path device) throws Exception {
                Path node = device.toRealPath();
                Path connections = sandbox.emptyDirectory("connections");
                String mounted = Files.readString(Path.of("/proc/self/mountinfo"))
                        .lines()
                        .filter(line -> line.contains(" " + node + " "))
                        .findFirst()
                        .orElseThrow();
                String minor = mounted.split(" ")[2].split(":")[1];
                sandbox.program("mount", "-t", "fusectl", "fusectl", connections.toString())
                        .requireSuccess();
                try {
                    Files.writeString(connections.resolve(minor).resolve("abort"), "1");
                } finally {
                    sandbox.program("umount", connections.toString()).requireSuccess();
                }
                service.run("remove", "--force", "--retry", "disk");
            }
        };

        /** Makes it happen; afterwards there is no such device. */
        abstract void strike(Sandbox sandbox, ServiceRig service, Path device) throws Exception;
    }

    @ParameterizedTest
    @EnumSource
    void shouldGoOnAfterTheMountHasEnded(Calamity calamity, Sandbox sandbox) throws Exception {
        ServiceRig service = sandbox.serve();
        Path device = service.createUser("disk", SECTORS);
        CliProcess daemon = service.attach("disk", "memory", "--channels", "4");
        Fio fio = startLoad(sandbox, service, device);
        calamity.strike(sandbox, service, device);
        assertTrue(fio.await(END).status() != 0, "fio ended without an error");
        assertEquals(0, daemon.await(END).status(), daemon.toString());
        assertTrue(!Files.exists(device));
        requireNothingServed(service);
        requireNewDeviceWorks(sandbox, service);
    }

    @Test
    void shouldGoOnAfterTheDaemonHasDied(Sandbox sandbox) throws Exception {
        ServiceRig service = sandbox.serve();
        Path device = service.createUser("disk", SECTORS);
        CliProcess daemon = service.attach("disk", "memory", "--channels", "4");
        Fio fio = startLoad(sandbox, service, device);
        daemon.kill();
        Wait.until("no channel is left", END, () -> service.run("channels").equals("No channels found\n"));
        // What was not begun waits for it.
        service.attach("disk", "memory", "--channels", "4");
        assertTrue(fio.process().isAlive() || fio.await(END).status() != 0, "fio ended without an error");
        fio.process().kill();
        new DeviceIo(sandbox, device).requireUsable();
        service.run("remove", "disk");
        requireNothingServed(service);
        requireNewDeviceWorks(sandbox, service);
    }

    @Test
    void shouldGoOnAfterTheServiceHasDied(Sandbox sandbox) throws Exception {
        ServiceRig killed = sandbox.serve();
        Path device = killed.createUser("disk", SECTORS);
        CliProcess daemon = killed.attach("disk", "memory", "--channels", "4");
        Fio fio = startLoad(sandbox, killed, device);
        Path memory = sandbox.runDirectory().resolve("channel").toRealPath();
        killed.kill();
        assertTrue(fio.await(END).status() != 0, "fio ended without an error");
        Outcome end = daemon.await(END);
        assertEquals(1, end.status(), end.toString());
        ServiceRig next = sandbox.serve();
        assertTrue(!Files.exists(memory), memory + " is left over");
        assertEquals(List.of(sandbox.runDirectory().resolve("dm-user")), sandbox.mounts());
        requireNewDeviceWorks(sandbox, next);
    }

    private static Fio startLoad(Sandbox sandbox, ServiceRig service, Path device) throws Exception {
        Fio fio = Fio.start(
                sandbox,
                device,
                List.of(
                        "--rw=randrw",
                        "--bs=1m",
                        "--size=64M",
                        "--numjobs=4",
                        "--iodepth=4",
                        "--time_based",
                        "--runtime=600"));
        Wait.until("there is load", END, () -> service.requests("disk") > 100);
        return fio;
    }

    /** Neither a thread nor a file in shared memory is left of any device. */
    private static void requireNothingServed(ServiceRig service) throws Exception {
        Wait.until(
                () -> "threads have ended: " + threads(service),
                END,
                () -> threads(service).isEmpty());
        assertEquals("No channels found\n", service.run("channels"));
    }

    private static List<String> threads(ServiceRig service) {
        Path tasks = Path.of("/proc", Long.toString(service.process().pid()), "task");
        try (Stream<Path> all = Files.list(tasks)) {
            return all.map(BadLuckTest::name)
                    .filter(name -> name.startsWith("fuse-disk") || name.startsWith("channel"))
                    .toList();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static String name(Path task) {
        try {
            return Files.readString(task.resolve("comm")).strip();
        } catch (IOException e) {
            // It has just ended.
            return "";
        }
    }

    private static void requireNewDeviceWorks(Sandbox sandbox, ServiceRig service) throws Exception {
        Path device = service.createUser("disk", SECTORS);
        service.attach("disk", "memory", "--channels", "4");
        new DeviceIo(sandbox, device).requireUsable();
    }
}
