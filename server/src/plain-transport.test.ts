import type { AddressInfo } from "node:net";
import { createServer, type Server } from "node:net";
import pg from "pg";
import { afterAll, describe, expect, test } from "vitest";
import { createMailer } from "./accounts/mail/index.ts";
import { ssoOfEnvironment } from "./accounts/sso-settings.ts";
import { databaseTransport, mailTransport, requireSafeIssuer, warehouseTransport } from "./plain-transport.ts";

const servers: Server[] = [];
afterAll(() => {
  for (const server of servers) server.close();
});

/** What somebody at this port is told, who greets, and then answers every line with the same one. */
async function listenInClear(greeting: string, answer: string): Promise<{ port: number; told: () => string }> {
  let told = "";
  const server = createServer((socket) => {
    socket.on("error", () => undefined);
    socket.write(greeting);
    socket.on("data", (bytes) => {
      told += bytes.toString("latin1");
      socket.write(answer);
    });
  });
  servers.push(server);
  server.listen(0, "0.0.0.0");
  await new Promise((ready) => server.once("listening", ready));
  return { port: (server.address() as AddressInfo).port, told: () => told };
}

describe("the database of DATABASE_URL", () => {
  test.each([
    "postgres://me:pw@localhost/touchline",
    "postgresql://me:pw@127.0.0.1:5433/touchline?sslmode=disable",
    "postgres://me@[::1]/touchline",
    "postgres:///touchline",
    "postgres://me@/touchline?host=/run/postgresql",
    "postgres://%2Frun%2Fpostgresql/touchline",
    "socket:/run/postgresql?db=touchline",
    "/run/postgresql touchline",
  ])("on this machine is reached as it is said: %s", (url) => {
    expect(databaseTransport(url)).toEqual({ url, warning: null });
  });

  test.each(["require", "verify-ca", "verify-full"])(
    "elsewhere is reached by TLS that checks, for sslmode=%s",
    (mode) => {
      const { url, warning } = databaseTransport(
        `postgres://me:p%40w@db.example/touchline?sslmode=${mode}&uselibpqcompat=true`,
      );
      expect({ url, warning }).toEqual({
        url: "postgres://me:p%40w@db.example/touchline?sslmode=verify-full",
        warning: null,
      });
      const client = new pg.Client({ connectionString: url }) as unknown as {
        connectionParameters: { ssl: object; password: string };
      };
      const { ssl, password } = client.connectionParameters;
      expect({ ssl, password }).toEqual({ ssl: {}, password: "p@w" });
    },
  );

  test.each([
    ["postgres://me@db.example/touchline", "does not ask for TLS"],
    ["postgres://me@db/touchline?ssl=true", "does not ask for TLS"],
    ["postgres://me@localhost/touchline?host=10.0.0.7", "does not ask for TLS"],
    ["postgres://me@db.example/touchline?sslmode=prefer", "asks for sslmode=prefer, which checks nobody's certificate"],
    ["postgres://me@db.example/touchline?sslmode=no-verify", "asks for sslmode=no-verify, which checks"],
  ])("elsewhere is refused without TLS, with what to write: %s", (url, reason) => {
    expect(() => databaseTransport(url)).toThrow(reason);
    expect(() => databaseTransport(url)).toThrow(
      "add sslmode=verify-full (with sslrootcert=FILE for an authority of your own), or sslmode=disable where the network between is yours alone",
    );
  });

  test("elsewhere, said to be without TLS, is reached with a warning that names no password", () => {
    expect(databaseTransport("postgres://me:pw@db/touchline?sslmode=disable")).toEqual({
      url: "postgres://me:pw@db/touchline",
      warning:
        "DATABASE_URL asks for no TLS (sslmode=disable): passwords and data cross the network to db in the clear",
    });
  });
});

describe("the server of CLICKHOUSE_URL", () => {
  test.each([
    "http://default:pw@localhost:8123/touchline",
    "http://[::1]:8123",
    "https://ch.example:8443/t",
    "localhost",
  ])("is reached as it is said: %s", (url) => expect(warehouseTransport(url)).toEqual({ url, warning: null }));

  test("elsewhere is refused over plain http, or reached with a warning where that is said", () => {
    expect(() => warehouseTransport("http://default:pw@clickhouse:8123/touchline")).toThrow(
      "CLICKHOUSE_URL leads to clickhouse, another machine, over plain http: use https (usually port 8443), or add sslmode=disable where the network between is yours alone",
    );
    expect(warehouseTransport("http://default:pw@clickhouse:8123/touchline?sslmode=disable")).toEqual({
      url: "http://default:pw@clickhouse:8123/touchline",
      warning: expect.stringContaining("CLICKHOUSE_URL asks for no TLS"),
    });
  });
});

describe("the mail server of SMTP_URL", () => {
  test.each([
    ["smtps://me:pw@mail.example", false, false],
    ["smtp://me:pw@mail.example:587", true, false],
    ["smtp://127.0.0.1:25", false, false],
    ["smtp://mail:25?sslmode=disable", false, true],
  ])("%s: has to change to TLS %s, warns %s", (url, requiresTls, warns) => {
    const transport = mailTransport(url);
    expect([transport.requiresTls, transport.warning !== null]).toEqual([requiresTls, warns]);
    expect(transport.url).not.toContain("sslmode");
  });

  test("is told no name, no password and no mail before it takes TLS", async () => {
    const { port, told } = await listenInClear("220 hello\r\n", "250 fine\r\n");
    // 0.0.0.0 leads to this machine, and does not look like it.
    const send = createMailer({ smtpUrl: `smtp://me:pw@0.0.0.0:${port}`, from: "a@b.example", print: () => undefined });
    await expect(send({ to: "c@d.example", subject: "Hidden", text: "the link" })).rejects.toThrow();
    expect(told()).toContain("STARTTLS");
    expect(told()).not.toMatch(/AUTH|MAIL FROM|Hidden/);
  });
});

describe("the issuer of OIDC_ISSUER", () => {
  test("is reached by https, or on this machine", () => {
    for (const issuer of ["https://login.example", "http://localhost:9000", "http://127.0.0.1:9000/realm"])
      expect(() => requireSafeIssuer(issuer)).not.toThrow();
    const environment = { OIDC_ISSUER: "http://login.example", OIDC_CLIENT_ID: "me", OIDC_CLIENT_SECRET: "pw" };
    expect(() => ssoOfEnvironment(environment)).toThrow(
      "OIDC_ISSUER leads to login.example over plain http: single sign-on needs https",
    );
    expect(() => requireSafeIssuer("ldap://login.example")).toThrow("OIDC_ISSUER is not an address such as https://");
  });
});
