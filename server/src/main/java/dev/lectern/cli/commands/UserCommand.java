package dev.lectern.cli.commands;

import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The command {@code user}: lists the people who can sign in, and groups the commands on them. */
@Command(
        name = "user",
        mixinStandardHelpOptions = true,
        description = {
            "Shows and adds people who can sign in, also while no server runs. Without a command, lists them.",
            "It uses the key of the data folder, so it works for whoever can read that folder."
        },
        synopsisSubcommandLabel = "[COMMAND]",
        footerHeading = "%nExamples:%n",
        footer = {
            "  lectern user create --admin anna     adds an administrator, and prints a link for the password",
            "  lectern user reset-password anna     prints a link with which Anna chooses another password",
            "  lectern user remove-second-factor anna",
            "  lectern user list"
        },
        subcommands = {
            UserCreateCommand.class,
            UserResetPasswordCommand.class,
            UserRemoveSecondFactorCommand.class,
            UserListCommand.class
        })
final class UserCommand implements Callable<Integer> {
    @Mixin
    private DataFolderOption data = new DataFolderOption();

    @Override
    public Integer call() throws IOException {
        return UserListCommand.list(data);
    }
}
