/**
 * Decisions: what a command is, how one is decided, and the door through which the web has it decided. The one generic
 * handler on Axon's command bus sources the facts, applies corrections, folds, decides and appends; the decisions
 * themselves stand in a package per context, one file each, as pure functions.
 *
 * <p>Knows the events and Axon. Must not know the journal, the queries or the web.
 */
@NullMarked
@CheckReturnValue
package cn.plumbline.command;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
