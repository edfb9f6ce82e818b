/**
 * What the facts add up to: units with their coverage, organs with their bases and rules, groups with their people,
 * folded from events in the order of their positions. Decisions of all contexts fold into the same {@link
 * cn.plumbline.command.facts.Facts}, each from the events of its own boundary, so a question has one answer wherever it
 * is asked; a correction is checked against the same.
 *
 * <p>Public only for the packages of the decisions beside it. Pure: no clock, no I/O; knows events and the form of a
 * decision.
 */
@NullMarked
@CheckReturnValue
package cn.plumbline.command.facts;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
