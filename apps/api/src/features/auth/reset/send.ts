import { eachTenant } from "../../../core/each-tenant.ts";
import type { Mailer } from "../../../core/mail.ts";
import type { Platform } from "../../../core/platform.ts";
import { inWork } from "../../../core/unit-of-work.ts";
import { findLoginName, findUser } from "../store.ts";
import { hashOfToken, newToken } from "../token.ts";
import { type ResetJob, resetJob } from "./job.ts";
import { findByEmail, type LinkPurpose, replaceReset } from "./store.ts";

/** How long a link is good, minutes: an invitation waits for somebody's first day. */
const goodForMinutes = { reset: 30, invitation: 3 * 24 * 60 } as const;

type Account = { tenantId: string; userId: string };

/** The job: sends a link to whoever was meant, an invitation where there is no password yet. Nobody, or an account that is not active, gets none. A repeat voids the link before. */
export async function sendResetLinks(platform: Platform, mailer: Mailer, payload: unknown): Promise<void> {
  const job = resetJob.parse(payload);
  for (const account of await accountsOf(platform, job)) await sendOne(platform, mailer, { account, job });
}

async function accountsOf(platform: Platform, job: ResetJob): Promise<Account[]> {
  if ("userId" in job.for) return [job.for];
  const { login } = job.for;
  const named = await findLoginName(platform.database, login);
  if (named) return [named];
  if (!login.includes("@")) return [];
  const accounts: Account[] = [];
  await eachTenant(platform, async ({ tx, scope: { tenantId } }) => {
    for (const { id } of await findByEmail(tx, { tenantId, email: login })) accounts.push({ tenantId, userId: id });
  });
  return accounts;
}

async function sendOne(
  platform: Platform,
  mailer: Mailer,
  { account: { tenantId, userId }, job }: { account: Account; job: ResetJob },
): Promise<void> {
  const token = newToken(tenantId);
  const sent = await inWork(
    platform,
    { tenantId, actor: null, requestId: job.requestId, ip: job.ip },
    async ({ tx, now, audit }) => {
      const found = await findUser(tx, { tenantId, id: userId });
      if (!found) return null;
      const isActive = found.status === "ACTIVE";
      const isAsked = "login" in job.for;
      audit({
        action: isAsked ? "auth.request-reset" : "auth.send-reset-link",
        entity: "user",
        entityId: userId,
        ...(isAsked ? { by: { userId, username: found.username } } : {}),
        outcome: isActive ? "success" : "refused",
        reason: isActive ? null : "the account is not active",
      });
      if (!isActive) return null;
      const purpose: LinkPurpose = found.passwordHash === null ? "invitation" : "reset";
      const expiresAt = new Date(now.getTime() + goodForMinutes[purpose] * 60_000);
      await replaceReset(tx, { tenantId, userId, purpose, tokenHash: hashOfToken(token), at: now, expiresAt });
      return { user: found, purpose };
    },
  );
  if (!sent) return;
  const { user, purpose } = sent;
  const { subject, page, text } = letters[purpose];
  await mailer.send({
    to: user.email,
    subject,
    text: text(user, `${platform.settings.publicOrigin}/${page}#${token}`),
  });
}

type Addressee = { fullName: string; username: string };

const letters = {
  reset: {
    subject: "Set a new password for Infirmary",
    page: "reset",
    text: ({ fullName, username }: Addressee, link: string) => `Hello ${fullName},

somebody asked to set a new password for your account ${username}. If it was you, open this link:

${link}

It is good for ${goodForMinutes.reset} minutes and for one time. Your second factor stays as it is.

If it was not you, do nothing: your password stays as it is. Tell an administrator if it happens again.
`,
  },
  invitation: {
    subject: "Your account at Infirmary",
    page: "invitation",
    text: ({ fullName, username }: Addressee, link: string) => `Hello ${fullName},

there is an account for you. Your user name is ${username}. Open this link to choose your password:

${link}

It is good for ${goodForMinutes.invitation / 60 / 24} days and for one time. When it has run out, an administrator sends you another one.
`,
  },
};
