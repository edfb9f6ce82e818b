/**
 * What Axon Framework asks of an event store, answered by the journal: the storage engine and the token store. Thin,
 * because these interfaces change between Axon's patch releases; only this package knows them, and only here stands
 * Axon's index, counted from 0, for a position, counted from 1.
 */
@NullMarked
@CheckReturnValue
package cn.plumbline.journal.axon;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
