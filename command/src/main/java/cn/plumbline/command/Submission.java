package cn.plumbline.command;

import cn.plumbline.events.Envelope;
import java.time.LocalDate;

/**
 * A command as a decision sees it.
 *
 * @param command the fields of the body
 * @param envelope who, when, on what basis
 * @param today the date of acceptance in the system's zone
 */
public record Submission<C extends Command>(C command, Envelope envelope, LocalDate today) {}
