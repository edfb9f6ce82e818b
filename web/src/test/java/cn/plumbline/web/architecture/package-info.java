/** What may know what in this module, checked on its classes. */
@NullMarked
package cn.plumbline.web.architecture;

import org.jspecify.annotations.NullMarked;
