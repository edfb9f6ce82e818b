package cn.plumbline.web;

import cn.plumbline.web.boot.PlumblineApplication;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.boot.test.context.SpringBootTest;

/**
 * Runs a test against the real application, over HTTP, on a database in memory. All tests with this annotation share
 * one application and so one journal: they look only at what they have appended themselves.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@SpringBootTest(
        classes = PlumblineApplication.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {"plumbline.mongodb.in-memory=true", "plumbline.streams.heartbeat=200ms"})
public @interface RealApplication {}
