package cn.plumbline.events;

/**
 * One entry of the catalogue: a type of event in one version.
 *
 * @param type the qualified name, {@code <context>.<Event>}, such as {@code dispatch.DispatchGroupEstablished}
 * @param version of the payload, in digits
 * @param context the bounded context, such as {@code dispatch}
 * @param payload the class of the payload
 * @param zh the Chinese title
 * @param en the English title
 */
public record EventDefinition(
        String type, String version, String context, Class<? extends DomainEvent> payload, String zh, String en) {

    /** The event's name without its context. */
    public String name() {
        return payload.getSimpleName();
    }
}
