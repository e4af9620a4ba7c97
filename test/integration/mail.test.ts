import type { AddressInfo } from "node:net";
import { SMTPServer } from "smtp-server";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createMailer, invitationMail, resetMail } from "../../server/src/accounts/mail/index.ts";

interface Received {
  readonly from: string;
  readonly to: string[];
  readonly user: string | undefined;
  readonly text: string;
}

const received: Received[] = [];
const server = new SMTPServer({
  disabledCommands: ["STARTTLS"],
  allowInsecureAuth: true,
  onAuth: ({ username = "", password }, _session, done) =>
    password === "secret" ? done(null, { user: username }) : done(new Error("wrong password")),
  onData(stream, { envelope, user }, done) {
    const parts: Buffer[] = [];
    stream.on("data", (part: Buffer) => parts.push(part));
    stream.on("end", () => {
      const { mailFrom, rcptTo } = envelope;
      const from = mailFrom === false ? "" : mailFrom.address;
      received.push({
        from,
        to: rcptTo.map(({ address }) => address),
        user,
        text: Buffer.concat(parts).toString("utf8"),
      });
      done();
    });
  },
});
let port: number;
beforeAll(async () => {
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  port = (server.server.address() as AddressInfo).port;
});
afterAll(() => new Promise<void>((done) => server.close(done)));

const FROM = "Touchline <touchline@shop.example>";
const ADDRESS = "https://touchline.example/link#token=abc";
const print = () => undefined;
const inWords = (text: string) => text.replaceAll("=\r\n", "").replaceAll("=3D", "=");

describe("mail", () => {
  test("goes through the mail server that is named, to its address alone", async () => {
    const sendMail = createMailer({ smtpUrl: `smtp://mailer:secret@127.0.0.1:${port}`, from: FROM, print });
    await sendMail(resetMail("ada@shop.example", ADDRESS, 1));
    expect(received).toHaveLength(1);
    const [mail] = received;
    expect(mail).toMatchObject({ from: "touchline@shop.example", to: ["ada@shop.example"], user: "mailer" });
    expect(inWords(mail!.text)).toContain(ADDRESS);
  });

  test("is refused aloud where the server does not take it", async () => {
    const sendMail = createMailer({ smtpUrl: `smtp://mailer:wrong@127.0.0.1:${port}`, from: FROM, print });
    await expect(sendMail(resetMail("ada@shop.example", ADDRESS, 1))).rejects.toThrow();
  });

  test("is printed where no server is named", async () => {
    const lines: string[] = [];
    const sendMail = createMailer({ smtpUrl: undefined, from: undefined, print: (text) => lines.push(text) });
    await sendMail(resetMail("ada@shop.example", ADDRESS, 1));
    expect(lines.join("")).toContain("To: ada@shop.example");
    expect(lines.join("")).toContain(ADDRESS);
  });

  test("needs a sender, and an address that is one of a mail server", () => {
    const smtpUrl = `smtp://127.0.0.1:${port}`;
    expect(() => createMailer({ smtpUrl, from: undefined, print })).toThrow("MAIL_FROM is not");
    expect(() => createMailer({ smtpUrl: "mail.example", from: FROM, print })).toThrow("SMTP_URL is not an address");
  });

  test("an invitation says who, where to, as what and for how long, in English and in French", () => {
    const { subject, text } = invitationMail({
      ...{
        to: "ada@shop.example",
        workspace: "shop",
        role: "media-buyer",
        invitedBy: "Bob",
        address: ADDRESS,
        days: 7,
      },
    });
    expect(subject).toContain("shop");
    for (const part of [
      "Bob invites you",
      "as media buyer",
      "7 days",
      "Bob vous invite",
      "acheteur média",
      "7 jours",
    ]) {
      expect(text).toContain(part);
    }
  });
});
