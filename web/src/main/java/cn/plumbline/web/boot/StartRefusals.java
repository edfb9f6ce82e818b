package cn.plumbline.web.boot;

import cn.plumbline.journal.embedded.DataDirectoryInUse;
import cn.plumbline.journal.embedded.PortTaken;
import cn.plumbline.web.samples.UnknownSample;
import cn.plumbline.web.security.AccountsUnusable;
import cn.plumbline.web.security.DemoAccountsExposed;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;

/** Tells people who start the system wrongly what is wrong, in words instead of a stack trace. */
final class StartRefusals implements FailureAnalyzer {

    @Override
    public @Nullable FailureAnalysis analyze(Throwable failure) {
        for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
            String action = switch (cause) {
                case DataDirectoryInUse used ->
                    "停止该进程，或用 --plumbline.data-dir=DIR 另选目录。 Stop that process, or choose another directory.";
                case PortTaken taken -> "用 --port=N 另选端口。 Choose another port by --port=N.";
                case SecretUri.SecretUnusable unusable ->
                    "改正 plumbline.mongodb.secret-file。 Put plumbline.mongodb.secret-file right.";
                case UnknownSample unknown -> "见 --help。 See --help.";
                case DemoAccountsExposed exposed ->
                    "或去掉 --server.address，仅在本机监听。 Or leave --server.address out and listen on this machine only.";
                case AccountsUnusable unusable -> "改正 plumbline.security.users。 Put plumbline.security.users right.";
                default -> null;
            };
            if (action != null) {
                return new FailureAnalysis(cause.getMessage(), action, cause);
            }
        }
        return null;
    }
}
