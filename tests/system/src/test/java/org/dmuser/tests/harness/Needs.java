package org.dmuser.tests.harness;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

/** A test, or a class of them, that is skipped, with the reason, on a machine that lacks something. */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(Needs.Met.class)
public @interface Needs {
    Requirement[] value();

    /** Looks, for each test by itself: a class skipped as a whole would be one skipped test in the summary. */
    final class Met implements ExecutionCondition {
        @Override
        public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
            if (context.getTestMethod().isEmpty()) {
                return ConditionEvaluationResult.enabled("asked of each test");
            }
            return Stream.of(
                            AnnotationSupport.findAnnotation(context.getTestMethod(), Needs.class),
                            AnnotationSupport.findAnnotation(context.getTestClass(), Needs.class))
                    .flatMap(Optional::stream)
                    .flatMap(needs -> Stream.of(needs.value()))
                    .map(Requirement::problem)
                    .flatMap(Optional::stream)
                    .findFirst()
                    .map(ConditionEvaluationResult::disabled)
                    .orElseGet(() -> ConditionEvaluationResult.enabled("there is all it needs"));
        }
    }
}
