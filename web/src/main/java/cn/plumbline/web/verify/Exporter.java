package cn.plumbline.web.verify;

import cn.plumbline.web.notes.Checkpoint;
import cn.plumbline.web.notes.Note;
import java.io.IOException;
import java.io.Writer;
import java.util.function.LongConsumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Writes an export of a running system, read as its auditor. */
public final class Exporter {

    private static final int PAGE = 200;
    private static final JsonMapper JSON = new JsonMapper();

    private final RemoteLog log;

    /** Reads from a system, with the credentials of an auditor. */
    public Exporter(RemoteLog log) {
        this.log = log;
    }

    /**
     * Writes all events that are recorded by now, which are signed for that.
     *
     * @param progress is told the last position written
     * @return how many
     * @throws IOException if the system does not give them, or not with their salts
     */
    public long export(Writer to, LongConsumer progress) throws IOException {
        log.sign();
        String note = log.checkpoint();
        long size = Checkpoint.parse(Note.parse(note).text()).size();
        to.write(new ExportHeader(note, log.verifierKeys()).line() + "\n");
        long last = 0;
        while (last < size) {
            JsonNode page = JSON.readTree(log.events(last, (int) Math.min(PAGE, size - last)));
            if (page.isEmpty()) {
                throw new IOException("no event after position " + last);
            }
            for (JsonNode event : page) {
                if (!event.has("salt")) {
                    throw new IOException("此账号看不到盐值，须为审计 this account is not shown salts; use an auditor's");
                }
                to.write(event + "\n");
                last = event.path("position").asLong();
            }
            progress.accept(last);
        }
        return last;
    }
}
