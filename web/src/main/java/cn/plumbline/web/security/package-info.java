/** Who may come in and as whom. */
@NullMarked
@CheckReturnValue
package cn.plumbline.web.security;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
