package dev.lectern.http.web;

import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;

/** Serves the page at the empty path, which a resource handler cannot do. */
@Controller
class IndexController {

    @GetMapping("/")
    String index() {
        return "forward:/index.html";
    }
}
