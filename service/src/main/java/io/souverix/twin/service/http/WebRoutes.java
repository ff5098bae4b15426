package io.souverix.twin.service.http;

import io.souverix.twin.service.web.WebFiles;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// The ways to the pages for people: the screens of the web application and its files, and a page
/// about the interface. They come after all others, and `openapi.yaml` does not name them.
final class WebRoutes {
    /// Where screens are; `ui/src/app/routes.ts` says which.
    private static final List<String> SCREENS =
            List.of(
                    "/",
                    "/fleet",
                    "/nodes",
                    "/nodes/{id}",
                    "/drift",
                    "/trust",
                    "/domains",
                    "/domains/{id}",
                    "/attention",
                    "/events");

    private static final List<String> FILES = List.of("/favicon.svg", "/assets/{name}");
    private static final List<String> HTML = List.of(WebEndpoint.HTML);
    private static final List<String> ANYTHING =
            List.of("text/javascript", "text/css", "image/svg+xml", "application/octet-stream");

    private WebRoutes() {}

    static List<Route> of(WebFiles files) {
        WebEndpoint web = new WebEndpoint(files);
        List<Route> routes = new ArrayList<>();
        if (files.index().isEmpty()) {
            routes.add(Route.get("/", Route.ANY_PARAMETER, HTML, web::about));
        } else {
            SCREENS.forEach(
                    path -> routes.add(Route.get(path, Route.ANY_PARAMETER, HTML, web::screen)));
            FILES.forEach(
                    path -> routes.add(Route.get(path, Route.ANY_PARAMETER, ANYTHING, web::file)));
        }
        routes.add(Route.get("/about", Set.of(), HTML, web::about));
        return routes;
    }
}
