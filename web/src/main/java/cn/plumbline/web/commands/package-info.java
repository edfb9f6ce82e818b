/**
 * The doors for commands: one endpoint per command, a stream of many, and their catalogue. Checks form and hands over;
 * knows no rule of the domain.
 */
@NullMarked
@CheckReturnValue
package cn.plumbline.web.commands;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
