/**
 * The events for those outside: as pages of a feed, as a live stream, one by one, each as a CloudEvent, with the
 * catalogue of their types; and the attempts, for those who audit. One of the few packages that see the journal; it
 * must not know how events are decided, nor what the views make of them.
 */
@NullMarked
@CheckReturnValue
package cn.plumbline.web.feed;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
