package org.dmuser.bench.fio;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;

/**
 * What one run of fio has measured.
 *
 * @param requests how many have ended, from the first to the last
 * @param requestsPerSecond fio's {@code iops}
 * @param bytesPerSecond fio's {@code bw_bytes}
 * @param medianNs half of the requests took no longer; 0 if fio does not say
 * @param p99Ns 99 of a hundred took no longer; 0 if fio does not say
 * @param processorNs time of a processor that fio itself took, in user mode and in the kernel
 */
public record FioFigures(
        long requests,
        double requestsPerSecond,
        double bytesPerSecond,
        double medianNs,
        double p99Ns,
        double processorNs) {
    private static final double NS_PER_MS = 1e6;

    /**
     * Reads the output of {@code fio --output-format=json --group_reporting} of one job that reads or writes.
     *
     * @throws IllegalArgumentException if it is something else, or tells of an error or of no request at all
     */
    public static FioFigures parse(String json) {
        try {
            JsonArray jobs = JsonParser.parseString(json).getAsJsonObject().getAsJsonArray("jobs");
            return of(jobs.get(0).getAsJsonObject());
        } catch (JsonParseException | IllegalStateException | NullPointerException | IndexOutOfBoundsException e) {
            throw new IllegalArgumentException("not the JSON output of fio: " + e.getMessage(), e);
        }
    }

    private static FioFigures of(JsonObject job) {
        int error = job.get("error").getAsInt();
        if (error != 0) {
            throw new IllegalArgumentException("fio reports error number " + error);
        }
        JsonObject read = job.getAsJsonObject("read");
        JsonObject side = read.get("total_ios").getAsLong() > 0 ? read : job.getAsJsonObject("write");
        long requests = side.get("total_ios").getAsLong();
        if (requests == 0) {
            throw new IllegalArgumentException("fio has seen no request end");
        }
        double percent = job.get("usr_cpu").getAsDouble() + job.get("sys_cpu").getAsDouble();
        return new FioFigures(
                requests,
                side.get("iops").getAsDouble(),
                side.get("bw_bytes").getAsDouble(),
                percentile(side, "50.000000"),
                percentile(side, "99.000000"),
                percent / 100 * job.get("job_runtime").getAsDouble() * NS_PER_MS);
    }

    private static double percentile(JsonObject side, String which) {
        JsonObject latency = side.getAsJsonObject("clat_ns");
        JsonObject percentiles = latency == null ? null : latency.getAsJsonObject("percentile");
        JsonElement value = percentiles == null ? null : percentiles.get(which);
        return value == null ? 0 : value.getAsDouble();
    }
}
