/**
 * The decisions on dispatch groups, coverage, people, rotations and venues (派驻派出), one file each, and the rules that
 * several of them share.
 *
 * <p>Knows events, the form of a decision and the folded facts. Must not know how a decision is run.
 */
@NullMarked
@CheckReturnValue
package cn.plumbline.command.dispatch;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
