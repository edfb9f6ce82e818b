package cn.plumbline.benchmarks;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.PersistenceConfiguration;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import org.axonframework.conversion.json.JacksonConverter;
import org.axonframework.eventsourcing.eventstore.AggregateBasedConsistencyMarker;
import org.axonframework.eventsourcing.eventstore.ConsistencyMarker;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.axonframework.eventsourcing.eventstore.jpa.AggregateBasedJpaEventStorageEngine;
import org.axonframework.eventsourcing.eventstore.jpa.AggregateEventEntry;
import org.axonframework.messaging.core.unitofwork.transaction.Transaction;
import org.axonframework.messaging.eventhandling.conversion.DelegatingEventConverter;
import org.jspecify.annotations.Nullable;

/** Axon 5 on a relational database by JPA; its address is a JDBC one. An append is a transaction. */
final class Axon5JpaContender extends Axon5Contender {

    /** Fastest on two cores; more connections wait for one another. */
    private static final int CONNECTIONS = 32;

    private static final ThreadLocal<EntityManager> IN_TRANSACTION = new ThreadLocal<>();

    private @Nullable HikariDataSource connections;
    private @Nullable EntityManagerFactory factory;

    private Axon5JpaContender() {}

    public static void main(String[] args) throws IOException {
        Worker.serve(new Axon5JpaContender());
    }

    @Override
    EventStorageEngine engine(String address, String name) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(address);
        config.setMaximumPoolSize(CONNECTIONS);
        connections = new HikariDataSource(config);
        EntityManagerFactory entities = new PersistenceConfiguration(name)
                .managedClass(AggregateEventEntry.class)
                .property("jakarta.persistence.nonJtaDataSource", connections)
                .property("jakarta.persistence.schema-generation.database.action", "drop-and-create")
                .createEntityManagerFactory();
        factory = entities;
        return new AggregateBasedJpaEventStorageEngine(
                () -> entityManager(entities),
                () -> begin(entities),
                new DelegatingEventConverter(new JacksonConverter()),
                configuration -> configuration);
    }

    /** The transaction's own, which its user cannot close, or a new one. */
    private EntityManager entityManager(EntityManagerFactory entities) {
        EntityManager current = IN_TRANSACTION.get();
        return current == null ? entities.createEntityManager() : current;
    }

    private Transaction begin(EntityManagerFactory entities) {
        EntityManager manager = entities.createEntityManager();
        manager.getTransaction().begin();
        IN_TRANSACTION.set(notClosing(manager));
        return new Transaction() {
            @Override
            public void commit() {
                end(() -> manager.getTransaction().commit());
            }

            @Override
            public void rollback() {
                end(() -> manager.getTransaction().rollback());
            }

            private void end(Runnable ending) {
                IN_TRANSACTION.remove();
                try (manager) {
                    ending.run();
                }
            }
        };
    }

    private static EntityManager notClosing(EntityManager manager) {
        return (EntityManager) Proxy.newProxyInstance(
                EntityManager.class.getClassLoader(),
                new Class<?>[] {EntityManager.class},
                (proxy, method, arguments) -> {
                    if (method.getName().equals("close")) {
                        return null;
                    }
                    try {
                        return method.invoke(manager, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    @Override
    Object payload(Sample sample) {
        return sample;
    }

    @Override
    ConsistencyMarker first(String entity) {
        return new AggregateBasedConsistencyMarker(entity, 0);
    }

    /** Table and indexes. */
    @Override
    public long storedBytes() {
        if (factory == null) {
            throw new IllegalStateException("Not open");
        }
        try (EntityManager manager = factory.createEntityManager()) {
            return ((Number) manager.createNativeQuery("select pg_total_relation_size('aggregateevententry')")
                            .getSingleResult())
                    .longValue();
        }
    }

    @Override
    public void close() {
        super.close();
        if (factory != null) {
            factory.close();
            factory = null;
        }
        if (connections != null) {
            connections.close();
            connections = null;
        }
    }
}
