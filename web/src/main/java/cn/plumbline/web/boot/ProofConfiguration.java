package cn.plumbline.web.boot;

import cn.plumbline.journal.Journal;
import cn.plumbline.web.proof.CheckpointStore;
import cn.plumbline.web.proof.Checkpointer;
import cn.plumbline.web.proof.KeyRing;
import java.io.IOException;
import java.time.Clock;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The keys that sign the history, and the one who signs. */
@Configuration(proxyBeanMethods = false)
class ProofConfiguration {

    /** After the database, whose lock keeps a second process from the same directory. */
    @Bean
    KeyRing keyRing(PlumblineProperties properties, Database locked) throws IOException {
        return keys(properties);
    }

    static KeyRing keys(PlumblineProperties properties) throws IOException {
        String name = properties.proof().origin();
        if (!properties.proof().keyFile().isEmpty()) {
            return KeyRing.ofFiles(properties.proof().keyFile(), name);
        }
        return properties.passes() ? KeyRing.passing(name) : KeyRing.inDirectory(properties.keyDirectory(), name);
    }

    @Bean
    CheckpointStore checkpointStore(@Qualifier("journal") Journal journal, Database database) {
        return new MongoCheckpoints(database.mongo(), journal.name());
    }

    @Bean
    Checkpointer checkpointer(
            @Qualifier("journal") Journal journal,
            CheckpointStore store,
            KeyRing keys,
            Database database,
            PlumblineProperties properties,
            Clock clock) {
        return new Checkpointer(journal, store, keys, properties.proof().origin(), clock, !database.isEmbedded());
    }
}
