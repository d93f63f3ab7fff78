import { randomUUID } from "node:crypto";
import { mkdir, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createTransport } from "nodemailer";

/** One plain-text mail to one person. */
export type Mail = { to: string; subject: string; text: string };

/** Sends mails; throws where one could not be handed over. */
export type Mailer = { send(mail: Mail): Promise<void> };

const timeoutMs = 20_000;
const nobody = "infirmary@localhost";

/** Over the mail server that is set; otherwise into the folder `mail` of the data folder. */
export function mailerOf(env: {
  SMTP_URL?: string | undefined;
  MAIL_FROM?: string | undefined;
  INFIRMARY_DATA: string;
}): Mailer {
  const from = env.MAIL_FROM ?? nobody;
  return env.SMTP_URL ? smtpMailer(env.SMTP_URL, from) : folderMailer(join(env.INFIRMARY_DATA, "mail"), from);
}

/** Mails hold secrets: without TLS they go to this machine only. */
function smtpMailer(url: string, from: string): Mailer {
  const { protocol, hostname } = new URL(url);
  const isHere = ["localhost", "127.0.0.1", "[::1]"].includes(hostname);
  const transport = createTransport({
    url,
    requireTLS: protocol === "smtp:" && !isHere,
    connectionTimeout: timeoutMs,
    greetingTimeout: timeoutMs,
    socketTimeout: timeoutMs,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return { send: async (mail) => void (await transport.sendMail({ from, ...mail })) };
}

/** Each mail a file that people can read and mail programs open, for the owner alone; it appears whole or not at all. */
function folderMailer(folder: string, from: string): Mailer {
  return {
    async send(mail) {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      const name = join(folder, `${new Date().toISOString().replace(/[:.]/g, "-")}-${randomUUID()}`);
      await writeFile(`${name}.part`, messageOf(mail, from), { mode: 0o600, flag: "wx" });
      await rename(`${name}.part`, `${name}.eml`);
    },
  };
}

/** The mail as RFC 5322 has it, unfolded: a link stays in one piece. */
function messageOf({ to, subject, text }: Mail, from: string): string {
  const head = [
    `From: ${from}`,
    `To: ${to}`,
    `Subject: ${subject}`,
    `Date: ${new Date().toUTCString().replace("GMT", "+0000")}`,
    `Message-ID: <${randomUUID()}@infirmary>`,
    "MIME-Version: 1.0",
    "Content-Type: text/plain; charset=utf-8",
    "Content-Transfer-Encoding: 8bit",
  ].map((line) => line.replace(/[\r\n]+/g, " "));
  return [...head, "", ...text.split("\n")].join("\r\n");
}
