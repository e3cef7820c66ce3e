package org.dmuser.tests.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.logging.Logger;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;

/** Gives a test its {@link Sandbox}, and afterwards looks for what is left, also if the test ran out of time. */
public final class SandboxExtension implements ParameterResolver, AfterEachCallback, TestExecutionExceptionHandler {
    private static final Logger LOG = Logger.getLogger("dmuser");
    private static final Namespace NAMESPACE = Namespace.create(SandboxExtension.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Sandbox.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getStore(NAMESPACE).getOrComputeIfAbsent(Sandbox.class, key -> make(context), Sandbox.class);
    }

    private static Sandbox make(ExtensionContext context) {
        try {
            Sandbox sandbox = new Sandbox();
            LOG.info(() -> context.getRequiredTestClass().getSimpleName() + ", " + context.getDisplayName() + ": seed "
                    + sandbox.seed());
            return sandbox;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void handleTestExecutionException(ExtensionContext context, Throwable failure) throws Throwable {
        Sandbox sandbox = context.getStore(NAMESPACE).get(Sandbox.class, Sandbox.class);
        if (sandbox != null) {
            failure.addSuppressed(new Circumstances(sandbox.describe()));
        }
        throw failure;
    }

    @Override
    public void afterEach(ExtensionContext context) throws Exception {
        Sandbox sandbox = context.getStore(NAMESPACE).remove(Sandbox.class, Sandbox.class);
        if (sandbox == null) {
            return;
        }
        try {
            if (context.getExecutionException().isEmpty()) {
                sandbox.end();
            }
        } catch (AssertionError | Exception e) {
            e.addSuppressed(new Circumstances(sandbox.describe()));
            throw e;
        } finally {
            sandbox.clean();
        }
    }

    /** What is known about a failure, in its place in the report. */
    private static final class Circumstances extends Exception {
        private static final long serialVersionUID = 1L;

        Circumstances(String text) {
            super(text, null, false, false);
        }
    }
}
