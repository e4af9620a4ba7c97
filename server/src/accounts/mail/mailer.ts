import { environment } from "../../configuration/index.ts";
import { mailTransport } from "../../plain-transport.ts";
import { secretOfEnvironment } from "../../secret-of-environment.ts";
import { UserError } from "../../user-error.ts";
import type { Mail, SendMail } from "./mail.ts";

export interface MailSettings {
  /** An SMTP server, such as smtps://user:password@mail.example:465; without one mails are printed. */
  readonly smtpUrl: string | undefined;
  readonly from: string | undefined;
  readonly print: (text: string) => void;
}

const SECONDS = 1_000;

/**
 * What sends mails: through an SMTP server, or, where none is named, to whoever reads the server's standard error.
 * @throws UserError when the settings cannot work
 */
export function createMailer({ smtpUrl, from, print }: MailSettings): SendMail {
  if (smtpUrl === undefined) return async (mail) => print(inWords(mail));
  const { url, requiresTls } = mailTransport(smtpUrl);
  if (from === undefined)
    throw new UserError("SMTP_URL is set and MAIL_FROM is not: give it the address that mails come from");
  return async ({ to, subject, text, id, attachments = [] }) => {
    const { createTransport } = await import("nodemailer");
    const limits = { connectionTimeout: 10 * SECONDS, greetingTimeout: 10 * SECONDS, socketTimeout: 20 * SECONDS };
    const safety = { requireTLS: requiresTls, disableFileAccess: true, disableUrlAccess: true };
    const transport = createTransport({ url, ...limits, ...safety });
    try {
      await transport.sendMail({
        ...{ from, to: { name: "", address: to }, subject, text },
        ...(id === undefined ? {} : { messageId: `<${id}@touchline>` }),
        attachments: attachments.map(({ name, type, content }) => ({
          ...{ filename: name, contentType: type, content: Buffer.from(content) },
        })),
      });
    } finally {
      transport.close();
    }
  };
}

/** The mailer that SMTP_URL and MAIL_FROM name. */
export function mailerOfEnvironment(print: (text: string) => void): SendMail {
  const from = environment().MAIL_FROM?.trim() || undefined;
  return createMailer({ smtpUrl: secretOfEnvironment("SMTP_URL"), from, print });
}

function inWords({ to, subject, text, attachments = [] }: Mail): string {
  const lines = text.trimEnd().split("\n");
  return [
    "No SMTP_URL is set, so this mail is printed:",
    `  To: ${to}`,
    `  Subject: ${subject}`,
    ...lines.map((line) => (line === "" ? "" : `  ${line}`)),
    ...attachments.map(({ name, content }) => `  With it: ${name} (${content.byteLength} bytes)`),
    "",
  ].join("\n");
}
