package cn.plumbline.web.boot;

import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** The application: everything below {@code cn.plumbline.web}. */
@SpringBootApplication(scanBasePackages = "cn.plumbline.web")
public class PlumblineApplication {

    /** Starts what the command line asks for; see {@code --help}. */
    public static void main(String[] args) {
        CommandLine.run(args);
    }

    static SpringApplication application() {
        SpringApplication application = new SpringApplication(PlumblineApplication.class);
        application.setBannerMode(Banner.Mode.OFF);
        return application;
    }
}
