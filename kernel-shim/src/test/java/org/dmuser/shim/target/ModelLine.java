package org.dmuser.shim.target;

/**
 * A line of a table of the model: as much of a device as {@code kind} serves.
 *
 * @param below the device it is mapped to, where there is one
 * @param offset where on that device, in sectors
 */
record ModelLine(Kind kind, int start, int length, ModelDevice below, int offset) {
    enum Kind {
        LINEAR,
        ZERO,
        ERROR
    }

    int end() {
        return start + length;
    }

    String text() {
        return start + " " + length
                + switch (kind) {
                    case LINEAR -> " linear " + below.path() + " " + offset;
                    case ZERO -> " zero";
                    case ERROR -> " error";
                };
    }
}
