package org.dmuser.sdk.dispatch;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Finds the threads that are inside a handler, and where. Slow; for when one does not come back. */
final class HungThreads {
    private HungThreads() {}

    /** Each as {@code "thread NAME at some.Handler.read(Handler.java:12)"}. */
    static List<String> insideHandlers() {
        List<String> found = new ArrayList<>();
        for (Map.Entry<Thread, StackTraceElement[]> entry :
                Thread.getAllStackTraces().entrySet()) {
            String place = placeInsideHandler(entry.getValue());
            if (place != null) {
                found.add("thread " + entry.getKey().getName() + " at " + place);
            }
        }
        return found;
    }

    /** The innermost frame above ours that is not the JDK's; null if we are not on the stack. */
    private static String placeInsideHandler(StackTraceElement[] stack) {
        String place = null;
        for (StackTraceElement frame : stack) {
            String className = frame.getClassName();
            if (className.equals(SyncServer.class.getName()) || className.equals(AsyncServer.class.getName())) {
                return place;
            }
            if (place == null && !className.startsWith("java.") && !className.matches("(jdk|sun)\\..*")) {
                place = frame.toString();
            }
        }
        return null;
    }
}
