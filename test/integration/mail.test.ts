import type { AddressInfo } from "node:net";
import { Email } from "@touchline/server/contract";
import { SMTPServer } from "smtp-server";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createMailer, invitationMail, resetMail } from "../../server/src/accounts/mail/index.ts";
import { openPeopleWorld, type PeopleWorld } from "../support/people-world.ts";
import { PASSWORD } from "../support/sign-in.ts";

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

  test("is steered by nothing that people write: a subject is one line, and its address the only one", async () => {
    const sendMail = createMailer({ smtpUrl: `smtp://mailer:secret@127.0.0.1:${port}`, from: FROM, print });
    received.length = 0;
    const lines = "Join\r\nBcc: evil@shop.example\r\n\r\nbody";
    await sendMail({
      to: "ada@shop.example",
      subject: lines,
      text: `${lines}\r\n.\r\nRCPT TO:<evil@shop.example>\r\n`,
    });
    expect(received.map(({ to }) => to)).toEqual([["ada@shop.example"]]);
    const [headers = ""] = received[0]!.text.split(/\r?\n\r?\n/);
    expect(headers).toMatch(/^Subject: Join/m);
    expect(headers).not.toMatch(/^bcc/im);
    for (const to of ["ada@shop.example, evil@shop.example", "ada@shop.example\r\nBcc: evil@shop.example"])
      expect(Email.safeParse(to).success).toBe(false);
    received.length = 0;
  });

  test("carries files, and an id by which a mail that comes twice is known", async () => {
    const sendMail = createMailer({ smtpUrl: `smtp://mailer:secret@127.0.0.1:${port}`, from: FROM, print });
    received.length = 0;
    const content = Buffer.from([37, 80, 68, 70, 0, 255]);
    const name = "Rapport d’août.pdf\r\nBcc: evil@shop.example";
    const attachments = [{ name, type: "application/pdf", content }];
    await sendMail({ to: "ada@shop.example", subject: "Report", text: "Here.", id: "d-1", attachments });
    const [{ text, to }] = received as [Received];
    expect(to).toEqual(["ada@shop.example"]);
    expect(text).toMatch(/^Message-ID: <d-1@touchline>/im);
    expect(text).toContain("Content-Type: application/pdf");
    expect(text).toContain(content.toString("base64"));
    expect(text).not.toMatch(/^bcc/im);
    const lines: string[] = [];
    const printMail = createMailer({ smtpUrl: undefined, from: undefined, print: (line) => lines.push(line) });
    await printMail({
      to: "ada@shop.example",
      subject: "Report",
      text: "Here.",
      attachments: [{ ...attachments[0]!, name: "a.pdf" }],
    });
    expect(lines.join("")).toContain("With it: a.pdf (6 bytes)");
    received.length = 0;
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

describe("mail that people ask for", () => {
  let people: PeopleWorld;
  const printed: string[] = [];
  beforeAll(async () => {
    const sendMail = createMailer({ smtpUrl: `smtp://mailer:secret@127.0.0.1:${port}`, from: FROM, print });
    const printMail = createMailer({ smtpUrl: undefined, from: undefined, print: (text) => printed.push(text) });
    people = await openPeopleWorld({
      async sendMail(mail) {
        await sendMail(mail);
        await printMail(mail);
      },
    });
  }, 60_000);
  afterAll(() => people.close());

  const linkIn = (text: string) => /#token=([\w-]+)/.exec(inWords(text))![1]!;

  test("brings an invitation, with which somebody joins, and a link for a new password, with which they come back", async () => {
    const owner = await people.person("Olga", { shop: "owner" });
    received.length = 0;
    await owner.caller.ask("team.invite", { email: "nina@shop.example", role: "viewer" });
    expect(received.map(({ to }) => to)).toEqual([["nina@shop.example"]]);
    const nina = people.nobody({ workspace: "shop" });
    const token = linkIn(received[0]!.text);
    await nina.ask("account.acceptLink", { token, email: null, name: "Nina", password: PASSWORD });
    expect((await nina.call("policies.read")).code).toBeNull();
    await people.nobody().ask("account.requestReset", { email: "nina@shop.example" });
    await expect.poll(() => received.length).toBe(2);
    const next = { token: linkIn(received[1]!.text), email: null, name: null, password: "nine wooden ladders" };
    await people.nobody().ask("account.acceptLink", next);
    expect((await nina.call("policies.read")).code).toBe("UNAUTHORIZED");
    expect(printed.map(linkIn)).toEqual(received.map(({ text }) => linkIn(text)));
  });

  test("that cannot be sent leaves no invitation behind", async () => {
    const owner = await people.person("Otto", { store: "owner" });
    await new Promise<void>((done) => server.close(done));
    const reply = await owner.caller.call("team.invite", { email: "lost@shop.example", role: "viewer" });
    expect(reply).toMatchObject({ code: "BAD_REQUEST", message: expect.stringContaining("could not be sent") });
    expect(await owner.caller.ask("team.members")).toMatchObject({ invitations: [] });
    server.server.listen(port, "127.0.0.1");
  });
});
