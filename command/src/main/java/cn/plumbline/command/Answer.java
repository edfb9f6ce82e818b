package cn.plumbline.command;

import cn.plumbline.events.DomainEvent;
import cn.plumbline.events.Recorded;
import java.util.List;

/** What the handler answers on the command bus when it does not refuse. */
sealed interface Answer {

    /** So many events go into the journal with the end of the unit of work. */
    record Appended(int events) implements Answer {}

    /** The command was recorded before, as these events. */
    record Replayed(List<Recorded<? extends DomainEvent>> events) implements Answer {}

    /** The key belongs to another command, body or actor. */
    record KeyReused() implements Answer {}

    /** Something in the boundary is newer than the caller's position. */
    record NewerThan(long position) implements Answer {}
}
