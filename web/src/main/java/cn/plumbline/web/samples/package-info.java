/** Sample data on request: files of commands that go through the same door as everybody's. */
@NullMarked
@CheckReturnValue
package cn.plumbline.web.samples;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
