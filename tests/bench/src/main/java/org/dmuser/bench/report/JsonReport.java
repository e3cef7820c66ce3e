package org.dmuser.bench.report;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonPrimitive;
import com.google.gson.JsonSerializer;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Collection;
import org.dmuser.bench.fio.Row;

/** All samples and medians, for programs. */
public final class JsonReport {
    /** The whole of it: field names are those of the records. */
    private record Document(Conditions conditions, Collection<Figure> figures) {}

    private static final Gson GSON = new GsonBuilder()
            .setPrettyPrinting()
            .registerTypeAdapter(LocalDate.class, (JsonSerializer<LocalDate>)
                    (date, type, json) -> new JsonPrimitive(date.toString()))
            .registerTypeAdapter(Duration.class, (JsonSerializer<Duration>)
                    (duration, type, json) -> new JsonPrimitive(duration.toMillis() / 1e3))
            .registerTypeAdapter(Row.class, (JsonSerializer<Row>) (row, type, json) -> new JsonPrimitive(row.label()))
            .create();

    private JsonReport() {}

    /** As text. */
    public static String of(Conditions conditions, Results results) {
        return of(new Document(conditions, results.figures()));
    }

    /** Any record, with the names of its fields. */
    public static String of(Object document) {
        return GSON.toJson(document) + "\n";
    }
}
