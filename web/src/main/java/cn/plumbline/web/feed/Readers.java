package cn.plumbline.web.feed;

import org.springframework.security.core.Authentication;

/** What a reader of events may see beside them. */
final class Readers {

    private Readers() {}

    /** Salts belong to proofs, and proofs to auditors. */
    static boolean maySeeSalts(Authentication reader) {
        return reader.getAuthorities().stream().anyMatch(authority -> "ROLE_AUDITOR".equals(authority.getAuthority()));
    }
}
