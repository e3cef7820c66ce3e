package org.dmuser.bench.jmh;

import java.util.Map;

/**
 * What something costs.
 *
 * @param benchmark {@code Class.method}
 * @param parameters by name
 * @param ns for one operation
 * @param errorNs half of a confidence interval of 99.9 %; not a number if there were too few measurements
 * @param bytes allocated for one operation; not a number if that was not measured
 */
record Cost(String benchmark, Map<String, String> parameters, double ns, double errorNs, double bytes) {
    /** {@code Class.method, name value, ...}. */
    String name() {
        StringBuilder name = new StringBuilder(benchmark);
        parameters.forEach(
                (key, value) -> name.append(", ").append(key).append(' ').append(value));
        return name.toString();
    }
}
