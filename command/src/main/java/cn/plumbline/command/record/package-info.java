/**
 * Corrections and voids (更正与作废): nothing is edited, what was wrong is answered by an event of its own.
 *
 * <p>Knows events, the form of a decision and the folded facts. Must not know how a decision is run.
 */
@NullMarked
@CheckReturnValue
package cn.plumbline.command.record;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
