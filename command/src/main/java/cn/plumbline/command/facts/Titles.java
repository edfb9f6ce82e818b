package cn.plumbline.command.facts;

import cn.plumbline.events.DispatchEvent.NamingRuleSet;
import cn.plumbline.events.MemberTitle;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The titles in a group, by code or label; an organ's rule limits those of its leaders. */
public final class Titles {

    private static final Set<MemberTitle> LEADERS = EnumSet.of(MemberTitle.HEAD, MemberTitle.DEPUTY);

    private Titles() {}

    /** The title that a text means. */
    public static Optional<MemberTitle> of(@Nullable String text) {
        return Arrays.stream(MemberTitle.values())
                .filter(title -> text != null
                        && (title.name().equals(text.strip()) || title.zh().equals(text.strip())))
                .findFirst();
    }

    /** The leader's title that a text means. */
    public static Optional<MemberTitle> leader(@Nullable String text) {
        return of(text).filter(LEADERS::contains);
    }

    /** The labels of the leaders' titles. */
    public static List<String> leaders() {
        return LEADERS.stream().map(MemberTitle::zh).toList();
    }

    /** The title that a text means, where the rule allows it. */
    public static Optional<MemberTitle> allowed(@Nullable String text, Optional<NamingRuleSet> rule) {
        Set<MemberTitle> leaders = rule.map(NamingRuleSet::titles).orElse(List.of()).stream()
                .flatMap(title -> leader(title).stream())
                .collect(Collectors.toSet());
        return of(text).filter(title -> leaders.isEmpty() || !LEADERS.contains(title) || leaders.contains(title));
    }
}
