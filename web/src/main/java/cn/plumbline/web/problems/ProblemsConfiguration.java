package cn.plumbline.web.problems;

import java.util.ArrayList;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The wiring of the problems. Beans of {@link ProblemSource} and {@link ProblemPage} are taken up where there are. */
@Configuration(proxyBeanMethods = false)
public class ProblemsConfiguration {

    @Bean
    Problems problems(ObjectProvider<ProblemSource> sources) {
        List<ProblemSource> all = new ArrayList<>(sources.orderedStream().toList());
        all.add(new ModuleProblems());
        all.add(new FrameworkProblems());
        return new Problems(all);
    }

    @Bean
    ProblemHandler problemHandler(Problems problems, ObjectProvider<ProblemPage> page) {
        return new ProblemHandler(problems, page.getIfAvailable(PlainPage::new));
    }

    @Bean
    BodyLimit bodyLimit() {
        return new BodyLimit();
    }

    @Bean
    FormCheck formCheck() {
        return new FormCheck();
    }

    @Bean
    ServerLimits serverLimits() {
        return new ServerLimits();
    }
}
