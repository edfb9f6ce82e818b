/**
 * What all streams of server-sent events have in common: the heartbeat, and the end when the server stops. It must not
 * know what is streamed.
 */
@NullMarked
@CheckReturnValue
package cn.plumbline.web.streams;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
