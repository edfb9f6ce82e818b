package cn.plumbline.web.pages;

import cn.plumbline.web.pages.Page.Item;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What the pages offer to whom. What someone may do is decided elsewhere; this only leaves out what he may not. */
final class Roles {

    private static final String PREFIX = "ROLE_";
    private static final List<String> NAMED = List.of("admin", "clerk", "member", "auditor", "dashboard", "integrator");
    private static final Set<String> RECORD = Set.of("admin", "clerk", "member");
    private static final Set<String> VIEW = Set.of("admin", "clerk", "member", "auditor", "dashboard");
    private static final Set<String> HISTORY = Set.of("admin", "clerk", "member", "auditor");
    private static final Set<String> STREAM = Set.of("admin", "auditor", "integrator");

    /** The role to show of someone who may have several. */
    String role(Collection<String> authorities) {
        return NAMED.stream()
                .filter(role -> has(authorities, Set.of(role)))
                .findFirst()
                .orElse("user");
    }

    boolean records(Collection<String> authorities) {
        return has(authorities, RECORD);
    }

    boolean follows(Collection<String> authorities) {
        return has(authorities, STREAM);
    }

    /** The first page that someone may see. */
    String home(Collection<String> authorities) {
        List<Item> pages = navigation(authorities, "");
        return pages.isEmpty() ? "/coverage" : pages.getFirst().href();
    }

    List<Item> navigation(Collection<String> authorities, String path) {
        List<Item> items = new ArrayList<>();
        add(items, authorities, VIEW, "/coverage", "nav.coverage", path);
        add(items, authorities, VIEW, "/groups", "nav.groups", path);
        add(items, authorities, HISTORY, "/records", "nav.records", path);
        add(items, authorities, STREAM, "/stream", "nav.stream", path);
        add(items, authorities, RECORD, "/record", "nav.record", path);
        return items;
    }

    private static void add(
            List<Item> items,
            Collection<String> authorities,
            Set<String> roles,
            String href,
            String label,
            String path) {
        if (has(authorities, roles)) {
            items.add(new Item(href, label, path.equals(href) || path.startsWith(href + "/")));
        }
    }

    private static boolean has(Collection<String> authorities, Set<String> roles) {
        return authorities.stream()
                .map(authority -> authority.startsWith(PREFIX) ? authority.substring(PREFIX.length()) : authority)
                .map(role -> role.toLowerCase(Locale.ROOT))
                .anyMatch(roles::contains);
    }
}
