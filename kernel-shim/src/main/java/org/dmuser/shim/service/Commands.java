package org.dmuser.shim.service;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import org.dmuser.channel.Errno;
import org.dmuser.shim.dm.DeviceName;
import org.dmuser.shim.dm.DmException;
import org.dmuser.shim.dm.MappedDevice;
import org.dmuser.shim.dm.TableLine;
import org.dmuser.shim.dm.TableSlot;
import org.dmuser.shim.dm.TargetContext.OpenDevice;
import org.dmuser.shim.dm.TargetType;
import org.dmuser.shim.dm.TargetTypes;
import org.dmuser.shim.fuse.MountException;

/**
 * Carries out commands, as the kernel does those of its device mapper: with an error number, and for a person with the
 * reason, which the kernel would tell its log. Any number of threads; one that is interrupted gives up as soon as it
 * can.
 */
final class Commands {
    private final Devices devices;
    private final TargetTypes types;

    Commands(Devices devices, TargetTypes types) {
        this.devices = devices;
        this.types = types;
    }

    /** Does what the words say. Whatever goes wrong is in the answer. */
    ControlReply run(ControlCommand command, List<String> arguments) {
        try {
            return ControlReply.ok(dispatch(command, new CommandArguments(command, arguments)));
        } catch (DmException e) {
            return ControlReply.failed(e.errno(), Problems.describe(e));
        } catch (MountException e) {
            return ControlReply.failed(e.errno(), Problems.describe(e));
        } catch (IOException e) {
            return ControlReply.failed(Errno.EIO, Problems.describe(e));
        } catch (IllegalArgumentException e) {
            return ControlReply.failed(Errno.EINVAL, Problems.describe(e));
        } catch (RuntimeException | Error e) {
            // Errors too, as of a target type with a class missing: whoever asked waits for an answer.
            return ControlReply.failed(Errno.EIO, Problems.describe(e));
        }
    }

    private List<String> dispatch(ControlCommand command, CommandArguments words) throws DmException, IOException {
        return switch (command) {
            case CREATE -> create(words);
            case LS -> devices.infos().stream().map(DeviceWords::write).toList();
            case TARGETS -> targets();
            case ATTACHABLE -> {
                devices.userTarget(words.at(0));
                yield List.of();
            }
            case REMOVE -> {
                devices.remove(words.device(), words.choice(2, "deferred", "now"));
                yield List.of();
            }
            case REMOVE_ALL -> {
                devices.removeUnused(words.choice(0, "deferred", "now"));
                yield List.of();
            }
            case RENAME -> about(devices.rename(words.device(), words.at(2)));
            case SET_UUID -> about(devices.identify(words.device(), words.at(2)));
            case STOP -> throw new IllegalArgumentException(command + " is not carried out here");
            default -> toDevice(command, words, devices.find(words.device()));
        };
    }

    private List<String> toDevice(ControlCommand command, CommandArguments words, MappedDevice device)
            throws DmException, IOException {
        switch (command) {
            case LOAD -> devices.load(device, words.at(3), words.choice(2, "ro", "rw"));
            case CLEAR -> devices.clear(device);
            case SUSPEND -> device.suspend(words.choice(2, "noflush", "flush"));
            case RESUME -> devices.resume(device, words.choice(2, "noflush", "flush"));
            case FAIL -> devices.fail(device);
            case GEOMETRY -> Geometry.check(words.from(2));
            case MESSAGE -> {
                return about(device, device.message(words.number(2), TableLine.words(words.at(3))));
            }
            case WAIT -> {
                return awaitEvent(device, words.number(2));
            }
            default -> {
                return ask(command, words.slot(), device);
            }
        }
        return about(device);
    }

    private List<String> ask(ControlCommand command, TableSlot slot, MappedDevice device) throws DmException {
        String info = DeviceWords.write(devices.info(device, slot));
        return switch (command) {
            case INFO -> List.of(info);
            case STATUS -> List.of(info, lines(device.status(slot)));
            case TABLE -> List.of(info, lines(device.table(slot)));
            case DEPS -> {
                List<String> words = new ArrayList<>(List.of(info));
                device.devices(slot).stream().map(OpenDevice::name).forEach(words::add);
                yield words;
            }
            default -> throw new IllegalArgumentException(command + " is not carried out here");
        };
    }

    private List<String> create(CommandArguments words) throws DmException {
        String minor = words.at(2);
        return about(devices.create(
                words.at(0),
                words.at(1),
                minor.isEmpty() ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(minor))));
    }

    private List<String> awaitEvent(MappedDevice device, long seen) throws DmException {
        try {
            device.awaitEvent(seen);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DmException(Errno.EINTR, "interrupted while waiting for an event", e);
        }
        // Its end is an event, too.
        devices.find(new DeviceName.Named(device.name()));
        return about(device, lines(device.status(TableSlot.LIVE)));
    }

    private List<String> targets() {
        List<String> words = new ArrayList<>();
        for (TargetType type : types.all()) {
            words.add(type.name());
            words.add(type.version());
        }
        return words;
    }

    private List<String> about(MappedDevice device, String... more) throws DmException {
        List<String> words = new ArrayList<>(List.of(DeviceWords.write(devices.info(device, TableSlot.LIVE))));
        words.addAll(List.of(more));
        return words;
    }

    private static String lines(List<TableLine> lines) {
        return lines.stream().map(TableLine::toString).collect(Collectors.joining("\n"));
    }
}
