package cn.plumbline.events;

import java.util.Set;

/**
 * A fact that the journal keeps: an immutable record in the past tense. Its payload is its JSON; its type, version,
 * titles and schema stand in the {@link EventCatalogue}.
 */
public sealed interface DomainEvent permits OrgRegistryEvent, DispatchEvent, CorrectionEvent {

    /**
     * Tags beyond those of the ids in the fields, such as the hash of a name that must be unique.
     *
     * @return composite tags; empty for most events
     */
    default Set<Tag> compositeTags() {
        return Set.of();
    }
}
