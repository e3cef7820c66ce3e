package org.dmuser.sdk.registry;

import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.FileSystemException;
import org.dmuser.channel.FileProblem;
import org.dmuser.sdk.AsyncBlockHandler;
import org.dmuser.sdk.BlockHandler;
import org.dmuser.sdk.Handler;
import org.dmuser.sdk.config.ConfigException;
import org.dmuser.sdk.config.HandlerConfig;

/** Runs other people's constructors, and turns whatever comes out of them into a handler or one clear line. */
final class Making {
    private Making() {}

    /** Something of theirs that makes a {@code T}. */
    interface Maker<T> {
        T make() throws Exception;
    }

    /** Makes one with a configuration all of whose keys get looked at. */
    static <T extends Handler> T make(HandlerConfig config, Maker<T> maker) {
        T made = orOneLine(config.owner(), maker);
        try {
            config.rejectUnknown();
        } catch (ConfigException e) {
            closeAfter(e, made);
            throw e;
        }
        return made;
    }

    /** Makes one of a class that implements a handler interface. */
    static Handler ofClass(Class<?> type, HandlerConfig config) {
        if (!Handler.class.isAssignableFrom(type)) {
            throw new ConfigException(config.owner() + ": it is neither a " + BlockHandler.class.getSimpleName()
                    + " nor an " + AsyncBlockHandler.class.getSimpleName());
        }
        Class<? extends Handler> handlerType = type.asSubclass(Handler.class);
        Constructor<? extends Handler> configured = constructor(handlerType, HandlerConfig.class);
        if (configured != null) {
            return make(config, () -> configured.newInstance(config));
        }
        Constructor<? extends Handler> plain = constructor(handlerType);
        if (plain != null) {
            return make(config, plain::newInstance);
        }
        throw new ConfigException(config.owner() + ": it has no public constructor that takes a "
                + HandlerConfig.class.getSimpleName() + " or nothing");
    }

    /** Closes what cannot be used on account of {@code failure}. */
    static void closeAfter(Throwable failure, Handler handler) {
        try {
            handler.close();
        } catch (IOException | RuntimeException | Error e) {
            failure.addSuppressed(e);
        }
    }

    private static <T> Constructor<T> constructor(Class<T> type, Class<?>... parameters) {
        try {
            return type.getConstructor(parameters);
        } catch (NoSuchMethodException e) {
            return null;
        }
    }

    private static <T> T orOneLine(String owner, Maker<T> maker) {
        Throwable failure;
        try {
            T made = maker.make();
            if (made != null) {
                return made;
            }
            throw new ConfigException(owner + " cannot be made: its provider returned null");
        } catch (InvocationTargetException | ExceptionInInitializerError e) {
            failure = e.getCause() == null ? e : e.getCause();
        } catch (Throwable e) {
            failure = e;
        }
        throw oneLine(owner, failure);
    }

    private static ConfigException oneLine(String owner, Throwable failure) {
        if (failure instanceof ConfigException e) {
            return e.getMessage().startsWith(owner) ? e : new ConfigException(owner + ": " + e.getMessage(), e);
        }
        if (failure instanceof FileSystemException e) {
            return new ConfigException(owner + " cannot be made: " + FileProblem.describe(e), e);
        }
        String message = failure.getMessage();
        String name = failure.getClass().getSimpleName();
        String text = message == null ? name : message.lines().findFirst().orElse("");
        // The message of a plain IOException is a sentence; those of others need the name of the class.
        if (message != null && failure.getClass() != IOException.class) {
            text = name + ": " + text;
        }
        return new ConfigException(owner + " cannot be made: " + text, failure);
    }
}
