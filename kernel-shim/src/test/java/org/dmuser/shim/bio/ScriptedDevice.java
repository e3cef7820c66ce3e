package org.dmuser.shim.bio;

import java.util.function.Consumer;

/** A device that does with bios what the test says. */
public record ScriptedDevice(long sectors, Consumer<Bio> script) implements BlockDevice {
    @Override
    public boolean readOnly() {
        return false;
    }

    @Override
    public void accept(Bio bio) {
        script.accept(bio);
    }
}
