import { readFileSync } from "node:fs";
import { type AuthzDecision, type AuthzExplanation, authz } from "@infirmary/native";
import { type Permission, permissions } from "@infirmary/shared/access";
import type { Session } from "../scope.ts";

/** The policy that ships; a hospital's own takes its place by ACCESS_POLICY_FILE. */
export const defaultPolicyFile = new URL("./access.policy", import.meta.url).pathname;

/** A record as the policy sees it, once it is loaded: whose patient it is about. */
export type PatientResource = {
  kind: "patient";
  facilities: readonly string[];
  careTeam: readonly string[];
  orderedBy: string;
  glassBrokenBy: readonly string[];
};
export type Resource = PatientResource | { kind: "none" };
const none: Resource = { kind: "none" };

/** What the policy asks about a person. */
export type Subject = Pick<Session, "userId" | "facility" | "permissions" | "validUntil">;
type Question = { subject: Subject; permission: Permission; isLocked?: boolean; resource?: Resource; now: Date };

/** A policy file that cannot be compiled; the message is one sentence with line and column. */
export class PolicyError extends Error {}

/** Decides by the policy file; compiled once, it never changes while the process runs. */
export class AccessPolicy {
  private readonly policy: ReturnType<typeof authz.compile>;

  constructor(text: string, name = "access.policy") {
    // The catalogue's permissions stand in front of the text, in one line, so that the file does not list them again.
    const declared = `permission ${Object.keys(permissions).join(", ")}\n`;
    try {
      this.policy = authz.compile(declared + text);
    } catch (error) {
      const { line, column, message } = error as { line?: number; column?: number; message: string };
      if (line === undefined) throw error;
      throw new PolicyError(`${name}:${line - 1}:${column}: ${message.replace(/^\d+:\d+: /, "")}`, { cause: error });
    }
  }

  /** The policy in a file, by default the one that ships. Throws `PolicyError`. */
  static read(file: string = defaultPolicyFile): AccessPolicy {
    return new AccessPolicy(readFileSync(file, "utf8"), file);
  }

  /** Whether the person may, here and now; with the record once it is loaded. */
  decide(question: Question): AuthzDecision {
    return this.policy.decide(requestOf(question));
  }

  /** The same with what became of every rule; lines are those of the file. */
  explain(question: Question): AuthzExplanation {
    const explained = this.policy.explain(requestOf(question));
    return { ...explained, steps: explained.steps.map((step) => ({ ...step, line: step.line - 1 })) };
  }
}

function requestOf({ subject, permission, isLocked = false, resource = none, now }: Question) {
  return {
    permission,
    roles: [],
    subject: {
      id: subject.userId,
      facility: subject.facility.id,
      holds: subject.permissions.has(permission),
      isWithinTerm: subject.validUntil === null || subject.validUntil > now,
    },
    session: { isLocked },
    resource,
    env: {
      /** Worked out only by a policy that asks for it: a format costs more than a decision. */
      get time() {
        return minuteOfDay(now, subject.facility.timeZone);
      },
    },
  };
}

const clocks = new Map<string, Intl.DateTimeFormat>();

/** Minutes since midnight in a time zone. */
function minuteOfDay(at: Date, timeZone: string): number {
  let clock = clocks.get(timeZone);
  if (!clock) {
    clock = new Intl.DateTimeFormat("en-GB", { timeZone, hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
    clocks.set(timeZone, clock);
  }
  const [hour = 0, minute = 0] = clock.format(at).split(":").map(Number);
  return hour * 60 + minute;
}
