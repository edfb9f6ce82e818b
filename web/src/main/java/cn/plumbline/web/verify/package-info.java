/**
 * Checks a history from outside, offline or over HTTP: exports, checkpoints, tiles. It shares nothing with the journal,
 * knows neither Spring nor Reactor, and so starts at once.
 */
@NullMarked
@CheckReturnValue
package cn.plumbline.web.verify;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
