package dev.tidings.adapters.templates;

import dev.tidings.application.acceptance.Templates;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/** The templates that come with Tidings: a folder each below {@code templates/}. */
@Configuration(proxyBeanMethods = false)
class TemplatesConfiguration {

    private static final String ROOT = "classpath:templates/";
    private static final Pattern NAME = Pattern.compile("([^/]+)/subject\\.ftl$");

    @Bean
    static Templates templates() throws IOException {
        var resources = new PathMatchingResourcePatternResolver();
        List<TemplateSource> sources = new ArrayList<>();
        for (String name : names(resources.getResources(ROOT + "*/subject.ftl"))) {
            sources.add(new TemplateSource(
                    name,
                    text(resources.getResource(ROOT + name + "/subject.ftl")),
                    text(resources.getResource(ROOT + name + "/text.ftl")),
                    text(resources.getResource(ROOT + name + "/html.ftlh"))));
        }
        return new FreeMarkerTemplates(sources, text(resources.getResource(ROOT + "layout.ftlh")));
    }

    private static SortedSet<String> names(Resource[] subjects) throws IOException {
        SortedSet<String> names = new TreeSet<>();
        for (Resource subject : subjects) {
            Matcher matcher = NAME.matcher(subject.getURL().getPath());
            if (matcher.find()) {
                names.add(matcher.group(1));
            }
        }
        return names;
    }

    private static String text(Resource resource) throws IOException {
        return resource.getContentAsString(StandardCharsets.UTF_8).replace("\r\n", "\n");
    }
}
