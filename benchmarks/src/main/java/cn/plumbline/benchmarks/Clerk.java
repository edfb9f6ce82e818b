package cn.plumbline.benchmarks;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A client that records one thing after the other for an organ of its own: a unit, that it shall be covered, and that a
 * group covers it, then the next unit. A group has ten units, and is established with the first of them.
 */
final class Clerk implements AutoCloseable {

    private static final int UNITS_PER_GROUP = 10;
    private static final int COMMANDS_PER_UNIT = 3;
    private static final Pattern POSITION = Pattern.compile("\"position\":(\\d+)");
    private static final String BASIS = "\"basis\":[{\"docNo\":\"文1\"}]";
    private static final int OK = 200;

    private final HttpConnection connection;
    private final String organ;
    private int commands;

    /** @param organ registered by this, with a base of one unit */
    Clerk(HttpConnection connection, String organ) throws IOException {
        this.connection = connection;
        this.organ = organ;
        send("RegisterOrgan", "{\"organId\":\"" + organ + "\",\"name\":\"机关" + organ + "\",\"level\":\"PROVINCE\"}");
        register(organ + "-base");
        send(
                "SetCoverageBase",
                "{\"catalogueId\":\"" + organ + "\",\"organId\":\"" + organ + "\",\"unitIds\":[\"" + organ
                        + "-base\"],\"effectiveFrom\":\"2014-01-01\"," + BASIS + "}");
    }

    /**
     * What was accepted.
     *
     * @param onTheMap whether the organ's coverage map shows it
     */
    record Accepted(long position, boolean onTheMap) {}

    /** Sends the next command. */
    Accepted next() throws IOException {
        int number = commands / COMMANDS_PER_UNIT;
        String unit = organ + "-" + number;
        String group = organ + "-" + number / UNITS_PER_GROUP;
        return switch (commands++ % COMMANDS_PER_UNIT) {
            case 0 -> new Accepted(register(unit), false);
            case 1 -> new Accepted(list(unit), true);
            default -> new Accepted(number % UNITS_PER_GROUP == 0 ? establish(group, unit) : join(group, unit), true);
        };
    }

    private long list(String unit) throws IOException {
        return send(
                "AddUnitToBase",
                "{\"catalogueId\":\"" + organ + "\",\"unitId\":\"" + unit + "\",\"effectiveFrom\":\"2014-01-01\","
                        + BASIS + "}");
    }

    @CanIgnoreReturnValue
    long register(String unit) throws IOException {
        return send(
                "RegisterUnit",
                "{\"unitId\":\"" + unit + "\",\"name\":\"单位" + unit
                        + "\",\"category\":\"OTHER\",\"level\":\"PROVINCE\"}");
    }

    @CanIgnoreReturnValue
    long establish(String group, String unit) throws IOException {
        return send(
                "EstablishDispatchGroup",
                "{\"groupId\":\"" + group + "\",\"organId\":\"" + organ + "\",\"kind\":\"OFFICE\",\"name\":\"驻" + group
                        + "组\",\"unitIds\":[\"" + unit
                        + "\"],\"effectiveFrom\":\"2015-01-01\"," + BASIS + "}");
    }

    @CanIgnoreReturnValue
    long join(String group, String unit) throws IOException {
        return send(
                "AddUnitToGroup",
                "{\"groupId\":\"" + group + "\",\"unitId\":\"" + unit + "\",\"effectiveFrom\":\"2016-01-01\"," + BASIS
                        + "}");
    }

    @CanIgnoreReturnValue
    private long send(String command, String body) throws IOException {
        HttpConnection.Answer answer = connection.post("/api/commands/" + command, body);
        Matcher position = POSITION.matcher(answer.body());
        if (answer.status() != OK || !position.find()) {
            throw new IOException(command + " " + body + ": " + answer.status() + " " + answer.body());
        }
        return Long.parseLong(position.group(1));
    }

    @Override
    public void close() throws IOException {
        connection.close();
    }
}
