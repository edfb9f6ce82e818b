package cn.plumbline.query;

import java.util.Collection;
import java.util.Map;
import reactor.core.publisher.Mono;

/** The documents of a projection as a query reads them: all at one position. */
@FunctionalInterface
public interface Documents {

    /**
     * Reads documents by the ids of their records.
     *
     * @return the documents that there are, by id; records without one are absent
     */
    <S extends Record> Mono<Map<String, S>> load(Table<S> table, Collection<String> ids);

    /** The documents of an empty journal. */
    static Documents none() {
        return new Documents() {
            @Override
            public <S extends Record> Mono<Map<String, S>> load(Table<S> table, Collection<String> ids) {
                return Mono.just(Map.of());
            }
        };
    }
}
