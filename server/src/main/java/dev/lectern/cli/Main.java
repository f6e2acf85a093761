package dev.lectern.cli;

import dev.lectern.LecternApplication;
import org.springframework.boot.SpringApplication;

/** Where the program starts. */
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        SpringApplication.run(LecternApplication.class, arguments);
    }
}
