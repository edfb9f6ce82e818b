/**
 * The composition root: opens the database, the journals and the views, wires Axon by hand, and closes all of it in
 * reverse. The only place that knows every module; it holds no rule of its own.
 */
@NullMarked
@CheckReturnValue
package cn.plumbline.web.boot;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
