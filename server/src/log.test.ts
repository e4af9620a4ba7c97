import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { createLog, nameTraces } from "./log.ts";
import { redact } from "./redact.ts";
import { redactText } from "./redact-text.ts";
import { withinRequest } from "./request-scope.ts";

/** Secrets of every kind, each in the ways in which it comes along. */
const PASSWORD = 'hunter2 "quoted" pässword';
const PLAIN_PASSWORD = "correct-horse-battery";
const KEY = "tlk_6ZrT0mNq9s-Xw4Ab";
const LINK = "Zk3vQ9xS1mTt7LrB2cDd5EeF";
const SESSION = "f81d4fae7dec11d0a76500a0c91e6bf6.c2lnbmF0dXJl%3D";
const IN_URL = "s3cr%40t-in-url";
const TOTP = "JBSWY3DPEHPK3PXP";
const OF_FOLDER = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";
const ENVIRONMENT = {
  TOUCHLINE_SECRET: "environment secret with spaces",
  SMTP_URL: "smtps://mailer:mail%2Fpass%20word@smtp.example.org:465",
  DATABASE_URL: "postgres://app:pg-password@db.internal/touchline",
  OIDC_CLIENT_SECRET: "oidc-client-secret-value",
};

const SECRETS: readonly string[] = [
  ...[PASSWORD, PLAIN_PASSWORD, KEY, LINK, SESSION, IN_URL, TOTP, OF_FOLDER],
  ...[
    "environment secret with spaces",
    "mail%2Fpass%20word",
    "mail/pass word",
    "pg-password",
    "oidc-client-secret-value",
  ],
  ...["hunter2", "quoted", "pässword", "6ZrT0mNq9s"], // No half of one either.
];

/** Texts as libraries and systems write them. */
const TEXTS: readonly string[] = [
  JSON.stringify({ email: "a@b.fr", password: PASSWORD, code: TOTP }),
  JSON.stringify({ body: JSON.stringify({ password: PASSWORD, spareCodes: [TOTP, PLAIN_PASSWORD] }) }),
  JSON.stringify({ body: JSON.stringify({ inner: JSON.stringify({ newPassword: PASSWORD }) }) }),
  `{ password: '${PLAIN_PASSWORD}', token: '${LINK}' }`,
  `password=${PLAIN_PASSWORD}&token=${LINK}`,
  `wrong password: ${PLAIN_PASSWORD}`,
  `GET /v1/touchpoints HTTP/1.1\r\nAuthorization: Bearer ${KEY}\r\nCookie: theme=dark; other=${SESSION}\r\nAccept: */*`,
  `Set-Cookie: __Host-touchline.session_token=${SESSION}; Path=/; HttpOnly`,
  `sent touchline.session_token=${SESSION}; theme=dark`,
  `the key ${KEY} is revoked`,
  `http://localhost:4319/link#token=${LINK}`,
  `https://touchline.example.org/link%23token%3D${LINK}`,
  `GET /auth/oauth2/callback/sso?code=${LINK}&state=${SESSION}`,
  `connect ECONNREFUSED http://reader:${IN_URL}@clickhouse:8123/default`,
  `connect to https://${LINK}@example.org/x`,
  `otpauth://totp/Touchline:a@b.fr?secret=${TOTP}&issuer=Touchline`,
  `Failed query: insert into "users" values ($1, $2)\nparams: a@b.fr,${PLAIN_PASSWORD},${LINK}`,
  `secret of the folder is ${OF_FOLDER}`,
  ...Object.values(ENVIRONMENT).map((value) => `could not use ${value} here`),
  "authentication of app failed with pg-password and mail/pass word",
];

function failing(text: string): Error {
  const inner = Object.assign(new Error(text), {
    code: "ECONNREFUSED",
    config: { headers: { authorization: `Bearer ${KEY}` } },
  });
  return new AggregateError([new Error(text)], `outer: ${text}`, { cause: inner });
}

const FIELDS: Readonly<Record<string, unknown>> = {
  password: PASSWORD,
  newPassword: PLAIN_PASSWORD,
  token: LINK,
  apiKey: KEY,
  key: KEY,
  code: TOTP,
  spareCodes: [TOTP, PASSWORD],
  uri: `otpauth://totp/x?secret=${TOTP}`,
  secret: Buffer.from(OF_FOLDER, "hex"),
  cookies: { "touchline.session_token": SESSION },
  "X-Api-Key": "without-a-prefix-0815",
  params: [PASSWORD, LINK],
};

let lines: string[];
const log = () => createLog({ write: (line) => void lines.push(line) });

beforeEach(() => {
  lines = [];
  vi.stubEnv("TOUCHLINE_LOG_LEVEL", "debug");
  for (const [name, value] of Object.entries(ENVIRONMENT)) vi.stubEnv(name, value);
});
afterEach(() => vi.unstubAllEnvs());

function expectClean(): void {
  expect(lines.length).toBeGreaterThan(0);
  const written = lines.join("");
  for (const line of lines) expect(() => JSON.parse(line)).not.toThrow();
  expect(SECRETS.filter((secret) => written.includes(secret))).toEqual([]);
  expect(SECRETS.filter((secret) => written.includes(JSON.stringify(secret).slice(1, -1)))).toEqual([]);
}

/** Every way in which something can be given to the log. */
const WAYS: readonly [string, (text: string) => void][] = [
  ["as the text", (text) => log().error(text)],
  ["filled into the text", (text) => log().warn("it was %s of %o", text, { deep: text })],
  ["as a field", (text) => log().info({ said: text }, "text")],
  [
    "deep in a field",
    (text) => log().info({ a: { b: [{ c: text }, new Map([["d", text]]), new Set([text])] } }, "text"),
  ],
  ["as the name of a field", (text) => log().info({ by: { [text]: 1 } }, "text")],
  ["as an error", (text) => log().error(failing(text))],
  ["as an error with a text", (text) => log().error(failing(text), "it failed: %s", text)],
  ["as the field err", (text) => log().error({ err: failing(text) }, "text")],
  ["as an error elsewhere", (text) => log().error({ deep: { failure: failing(text) } }, "text")],
  [
    "of a logger made of it",
    (text) =>
      log()
        .child({ of: text, failure: { said: text } })
        .error("text"),
  ],
  [
    "as an address",
    (text) => log().info({ address: new URL(`http://localhost/?${new URLSearchParams({ token: text })}`) }),
  ],
  [
    "as headers",
    (text) => log().info({ headers: new Headers({ cookie: encodeURIComponent(text), authorization: KEY }) }),
  ],
  ["as raw headers", (text) => log().info({ rawHeaders: ["Host", "localhost", "Cookie", text, "X-Api-Key", KEY] })],
  ["as a list", (text) => log().error([text] as unknown as object, "text")],
];

describe("no secret is written", () => {
  test.each(WAYS)("%s", (_way, write) => {
    for (const text of TEXTS) write(text);
    expectClean();
  });

  test("of a field with a telling name, whatever it is and wherever it stands", () => {
    log().error({ ...FIELDS, deep: { deeper: [FIELDS] } }, "text");
    log().error(Object.assign(new Error("text"), FIELDS));
    log()
      .child({ ...FIELDS })
      .error("text");
    expectClean();
    expect(lines.join("")).not.toContain("without-a-prefix");
  });
});

test("what helps to find a failure stays", () => {
  const cause = Object.assign(new Error("connect ECONNREFUSED 10.0.0.7:5432"), {
    code: "ECONNREFUSED",
    syscall: "connect",
  });
  const failure = new TypeError("the plan of week 12 could not be read", { cause });
  withinRequest("7f3a9c2e", () =>
    log().error({ err: failure, procedure: "keys.list", rows: 12, took: 1.5 }, "a procedure failed"),
  );
  const [line] = lines.map((each) => JSON.parse(each));
  expect(line).toMatchObject({
    ...{ level: "error", request: "7f3a9c2e", msg: "a procedure failed", procedure: "keys.list", rows: 12, took: 1.5 },
    err: {
      ...{ type: "TypeError", message: "the plan of week 12 could not be read" },
      stack: expect.stringContaining("log.test.ts"),
      cause: { message: "connect ECONNREFUSED 10.0.0.7:5432", reason: "ECONNREFUSED", syscall: "connect" },
    },
  });
  expect(Date.parse(line.time)).not.toBeNaN();
});

test("a text can neither make a line of its own nor be taken for a pattern", () => {
  const text = '%s %d %% %o\n{"level":"error","msg":"forged"}\r\n\u2028\u001b[31m';
  log().warn(text);
  log().warn({ said: text }, text);
  log().warn({ [text]: 1 }, "it was %s", text);
  expect(lines.map((line) => line.split("\n").length)).toEqual([2, 2, 2]);
  const [bare, field, filled] = lines.map((line) => JSON.parse(line));
  expect([bare.msg, field.msg, field.said, filled.msg]).toEqual([text, text, text, `it was ${text}`]);
  for (const { level, time } of [bare, field, filled]) {
    expect(level).toBe("warn");
    expect(time).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
  }
});

test.each([
  "the ClickHouse server at http://localhost:8123/default did not answer",
  "import 12 (touchpoints): 3 of 600 rows were refused",
  "at read (file:///srv/node_modules/@touchline/server/src/plan.ts:12:3)",
  "GET http://localhost:4319/@scope/x",
])("an ordinary text stays as it is: %s", (text) => expect(redactText(text)).toBe(text));

test("law: redacting twice changes nothing more", () => {
  for (const text of TEXTS) expect(redactText(redactText(text))).toBe(redactText(text));
  fc.assert(
    fc.property(fc.oneof(fc.anything(), fc.json(), fc.constantFrom(...TEXTS)), (value) => {
      const once = redact(value);
      expect(redact(once)).toEqual(once);
    }),
  );
});

test("things that cannot be written are named: circles, depths, functions, getters that throw, and very long texts", () => {
  const circle: Record<string, unknown> = { work: () => 1, big: 10n, long: `${"a-".repeat(100_000)}${LINK}` };
  circle.itself = circle;
  Object.defineProperty(circle, "trap", {
    enumerable: true,
    get: () => {
      throw new Error("no");
    },
  });
  const began = performance.now();
  log().error(circle, "text");
  expect(performance.now() - began).toBeLessThan(2_000);
  expect(JSON.parse(lines[0]!)).toMatchObject({ work: "[function]", big: "10", itself: "[circular]" });
  expect(lines[0]!.length).toBeLessThan(100_000);
});

test("lines carry the trace that they belong to, where traces are sent", () => {
  const lines: string[] = [];
  const log = createLog({ write: (line) => void lines.push(line) });
  nameTraces(() => "0af7651916cd43dd8448eb211c80319c");
  log.error("within a trace");
  nameTraces(() => undefined);
  log.error("outside of all");
  const [inside, outside] = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
  expect(inside).toMatchObject({ msg: "within a trace", trace: "0af7651916cd43dd8448eb211c80319c" });
  expect(outside).not.toHaveProperty("trace");
});
