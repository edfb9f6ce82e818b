package cn.plumbline.events;

import org.jspecify.annotations.Nullable;

/**
 * The authenticated user behind a command.
 *
 * @param userId the account, never a person's name
 * @param role the role in which the user acts
 * @param orgId the organ or group of the user, where the account has one
 */
public record Actor(String userId, String role, @Nullable String orgId) {}
