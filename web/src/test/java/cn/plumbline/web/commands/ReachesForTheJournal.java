package cn.plumbline.web.commands;

import cn.plumbline.journal.Journal;

/** Does what no class of this package may, so that the rule against it can be seen to work. */
public final class ReachesForTheJournal {

    /** Looks where it should not. */
    public long look(Journal journal) {
        return journal.head();
    }
}
