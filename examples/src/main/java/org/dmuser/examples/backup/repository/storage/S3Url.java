package org.dmuser.examples.backup.repository.storage;

import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.dmuser.sdk.config.ConfigException;

/**
 * {@code s3://bucket/prefix?endpoint=http://127.0.0.1:9000&region=us-east-1&timeout=30&attempts=8}.
 *
 * @param text as the user wrote it
 * @param prefix of all objects: empty, or ending with a slash
 * @param endpoint of a server other than Amazon's; null for those
 * @param region null for the one that the SDK finds in environment or configuration
 * @param timeout after which a server that sends nothing has failed
 * @param attempts at each request, one at least
 */
record S3Url(String text, String bucket, String prefix, URI endpoint, String region, Duration timeout, int attempts) {
    static final String SCHEME = "s3://";

    private static final Set<String> OPTIONS = Set.of("endpoint", "region", "timeout", "attempts");

    static S3Url parse(String text) {
        String[] placeAndOptions = text.substring(SCHEME.length()).split("\\?", 2);
        String[] bucketAndPrefix = placeAndOptions[0].split("/", 2);
        if (bucketAndPrefix[0].isEmpty()) {
            throw new ConfigException("'" + text + "' names no bucket; write s3://BUCKET/PREFIX");
        }
        String prefix = bucketAndPrefix.length == 1 ? "" : bucketAndPrefix[1].replaceAll("/+$", "");
        Map<String, String> options = options(text, placeAndOptions.length == 1 ? "" : placeAndOptions[1]);
        String endpoint = options.get("endpoint");
        return new S3Url(
                text,
                bucketAndPrefix[0],
                prefix.isEmpty() ? "" : prefix + "/",
                endpoint == null ? null : endpoint(text, endpoint),
                options.get("region"),
                Duration.ofSeconds(number(text, options, "timeout", 30)),
                number(text, options, "attempts", 8));
    }

    private static Map<String, String> options(String text, String query) {
        Map<String, String> options = new HashMap<>();
        for (String option : query.isEmpty() ? new String[0] : query.split("&")) {
            String[] keyAndValue = option.split("=", 2);
            if (!OPTIONS.contains(keyAndValue[0]) || keyAndValue.length == 1) {
                throw new ConfigException("'" + text + "': '" + option
                        + "' is no option; there are endpoint=URL, region=NAME, timeout=SECONDS, attempts=NUMBER");
            }
            options.put(keyAndValue[0], keyAndValue[1]);
        }
        return options;
    }

    private static URI endpoint(String text, String endpoint) {
        try {
            URI uri = URI.create(endpoint);
            if (uri.getHost() != null && uri.getScheme().matches("https?")) {
                return uri;
            }
        } catch (IllegalArgumentException e) {
            // Said below.
        }
        throw new ConfigException("'" + text + "': endpoint '" + endpoint + "' is not of the form http://HOST:PORT");
    }

    private static int number(String text, Map<String, String> options, String option, int otherwise) {
        String value = options.getOrDefault(option, Integer.toString(otherwise));
        try {
            int number = Integer.parseInt(value);
            if (number > 0) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Said below.
        }
        throw new ConfigException(
                "'" + text + "': " + option + " is '" + value + "' and must be a whole number from 1");
    }
}
