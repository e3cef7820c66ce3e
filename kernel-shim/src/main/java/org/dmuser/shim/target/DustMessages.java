package org.dmuser.shim.target;

import java.util.List;
import java.util.Locale;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.dmuser.shim.dm.DmException;

/** What is said to a {@code dust} target, in letters of any case, and what it answers. One thread at a time. */
final class DustMessages {
    private static final String ADD = "addbadblock";
    private static final String REMOVE = "removebadblock";
    private static final String QUERY = "queryblock";
    private static final String POSSIBLE = "possible are " + ADD + " <block> [<failing writes>], " + REMOVE
            + " <block>, " + QUERY + " <block>, countbadblocks, listbadblocks, clearbadblocks, enable, disable, quiet";

    private static final int WRITE_FAILURES_MAX = 255;

    private final BadBlocks badBlocks;
    private final LongSupplier lastBlock;
    private volatile boolean failuresEnabled;
    private volatile boolean quiet;

    /** @param lastBlock the highest number of a block, at the moment */
    DustMessages(BadBlocks badBlocks, LongSupplier lastBlock) {
        this.badBlocks = badBlocks;
        this.lastBlock = lastBlock;
    }

    /** Whether bad blocks are bad; asked by any thread. */
    boolean failuresEnabled() {
        return failuresEnabled;
    }

    String status() {
        return (failuresEnabled ? "fail_read_on_bad_block" : "bypass") + (quiet ? " quiet" : " verbose");
    }

    String answer(List<String> words) throws DmException {
        String verb = words.get(0).toLowerCase(Locale.ROOT);
        return switch (words.size()) {
            case 1 -> answer(verb);
            case 2 -> answer(verb, block(words.get(1)));
            case 3 -> answer(verb, block(words.get(1)), failures(words.get(2)));
            default -> throw Arguments.invalid("invalid number of arguments " + words.size() + ": " + POSSIBLE);
        };
    }

    private String answer(String verb) throws DmException {
        switch (verb) {
            case "enable" -> failuresEnabled = true;
            case "disable" -> failuresEnabled = false;
            case "quiet" -> quiet = !quiet;
            case "countbadblocks" -> {
                return "countbadblocks: " + badBlocks.count() + " badblock(s) found";
            }
            case "clearbadblocks" -> {
                return "dust_clear_badblocks: " + (badBlocks.clear() ? "badblocks cleared" : "no badblocks found");
            }
            case "listbadblocks" -> {
                return list();
            }
            case ADD, REMOVE, QUERY ->
                throw Arguments.invalid(verb + " requires an additional argument, the number of a block");
            default -> throw unrecognized(verb);
        }
        return "";
    }

    private String list() {
        long[] blocks = badBlocks.all();
        return blocks.length == 0
                ? "No blocks in badblocklist"
                : LongStream.of(blocks).mapToObj(block -> block + "\n").collect(Collectors.joining());
    }

    private String answer(String verb, long block) throws DmException {
        switch (verb) {
            case ADD -> {
                return answer(verb, block, 0);
            }
            case REMOVE -> {
                if (!badBlocks.remove(block)) {
                    throw Arguments.invalid("block " + block + " not found in badblocklist");
                }
                return "";
            }
            case QUERY -> {
                return "dust_query_block: block " + block + (badBlocks.contains(block) ? " found" : " not found")
                        + " in badblocklist";
            }
            default -> throw unrecognized(verb);
        }
    }

    private String answer(String verb, long block, long failures) throws DmException {
        if (!verb.equals(ADD)) {
            throw unrecognized(verb);
        }
        if (!badBlocks.add(block, failures)) {
            throw Arguments.invalid("block " + block + " already in badblocklist");
        }
        return "";
    }

    private static DmException unrecognized(String verb) {
        return Arguments.invalid("unrecognized message '" + verb + "' received: " + POSSIBLE);
    }

    private long block(String word) throws DmException {
        return Arguments.number(word, 0, lastBlock.getAsLong(), "selected block value out of range");
    }

    private static long failures(String word) throws DmException {
        return Arguments.number(word, 0, WRITE_FAILURES_MAX, "selected write fail count out of range");
    }
}
