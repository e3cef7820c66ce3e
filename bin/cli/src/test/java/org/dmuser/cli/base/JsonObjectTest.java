package org.dmuser.cli.base;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class JsonObjectTest {
    @Test
    void shouldWriteMembersInTheirOrder() {
        JsonObject object = new JsonObject()
                .put("z", "text")
                .put("a", -7)
                .put("b", true)
                .put("inner", new JsonObject().put("n", 1))
                .put("list", List.of(new JsonObject(), new JsonObject().put("n", 2)))
                .putStrings("words", List.of("x", "y"));
        assertEquals(
                "{\"z\": \"text\", \"a\": -7, \"b\": true, \"inner\": {\"n\": 1}, \"list\": [{}, {\"n\": 2}],"
                        + " \"words\": [\"x\", \"y\"]}",
                object.toString());
    }

    @Test
    void shouldEscapeWhenTextHoldsMarksOfItsOwn() {
        assertEquals(
                "{\"k\\\"\": \"a\\\\b\\n\\t\\u0001\u00fc\"}",
                new JsonObject().put("k\"", "a\\b\n\t\u0001\u00fc").toString());
    }
}
