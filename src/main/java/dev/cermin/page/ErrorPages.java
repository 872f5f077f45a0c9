package dev.cermin.page;

import io.quarkiverse.resteasy.problem.HttpProblem;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.core.MediaType;
import java.lang.annotation.Annotation;
import java.util.List;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

/** Errors of pages as pages, for whoever asked for one. */
class ErrorPages {
    private static final List<String> PAGES = List.of("/traces", "/live", "/statistics", "/reviews");

    @CheckedTemplate(basePath = "page")
    static final class Templates {
        private Templates() {}

        static native TemplateInstance error(int status, String title, String detail);
    }

    @ServerResponseFilter
    void readable(ContainerRequestContext request, ContainerResponseContext response) {
        if (response.getEntity() instanceof HttpProblem problem && asksForPage(request)) {
            int status = problem.getStatusCode();
            String title = problem.getTitle() == null ? "Error " + status : problem.getTitle();
            String detail = problem.getDetail() == null ? "" : problem.getDetail();
            response.setEntity(
                    Templates.error(status, title, detail).render(),
                    new Annotation[0],
                    MediaType.TEXT_HTML_TYPE.withCharset("UTF-8"));
        }
    }

    private static boolean asksForPage(ContainerRequestContext request) {
        String path = request.getUriInfo().getPath();
        return PAGES.stream().anyMatch(page -> path.equals(page) || path.startsWith(page + "/"))
                && acceptsPage(request);
    }

    /** A header {@code Accept} that can't be read asks for no page. */
    private static boolean acceptsPage(ContainerRequestContext request) {
        try {
            return request.getAcceptableMediaTypes().stream().anyMatch(MediaType.TEXT_HTML_TYPE::isCompatible);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
