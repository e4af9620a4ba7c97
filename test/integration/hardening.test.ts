import { connect } from "node:net";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { log } from "../../server/src/log.ts";
import { serveAgain } from "../support/other-server.ts";
import { openPeopleWorld, type PeopleWorld, type Person } from "../support/people-world.ts";
import { Caller } from "../support/sign-in.ts";

/** What the server does for every request, whatever it asks: headers, names, origins, limits, and what it writes down. */

let people: PeopleWorld;
let anna: Person;
const closing: (() => unknown)[] = [];

log.level = "info"; // What is written down is part of what is tested here.

beforeAll(async () => {
  people = await openPeopleWorld();
  anna = await people.person("Anna", { default: "admin" });
});
afterEach(async () => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  for (const close of closing.splice(0)) await close();
});
afterAll(() => people.close());

type Options = Parameters<typeof serveAgain>;

/** A second server over the same house and accounts, until the end of the test. */
async function open(...[app, desk, patience]: Options extends [unknown, ...infer Rest] ? Rest : never) {
  const server = await serveAgain(people, app, desk, patience);
  closing.push(() => server.close());
  return server;
}

function nobodyAt(url: string): Caller {
  const caller = new Caller(url);
  closing.push(() => caller.close());
  return caller;
}

const once = (events: number) => ({ eventsPerSecond: 0.1, burstSeconds: events * 10 });
const PLENTY = once(1_000);
const RATES = { place: PLENTY, nobody: PLENTY, guess: PLENTY, person: PLENTY };

/** What is written to standard error meanwhile. */
function watchLog(): () => string {
  const lines: string[] = [];
  vi.spyOn(process.stderr, "write").mockImplementation((line) => {
    lines.push(String(line));
    return true;
  });
  return () => lines.join("");
}

const PLACES = [
  "/",
  "/w/default/planner",
  "/assets/none.js",
  "/healthz",
  "/trpc/account.me",
  "/trpc/none",
  "/v1/none",
  "/t.js",
];

describe("every answer", () => {
  test.each(PLACES)("of %s tells browsers what they may not do", async (place) => {
    const { headers } = await fetch(`${people.url}${place}`);
    const policy = headers.get("content-security-policy") ?? "";
    expect(policy).not.toMatch(/unsafe|\*|https?:/);
    expect(policy).toMatch(/default-src '(self|none)'/);
    expect(policy).toContain("frame-ancestors 'none'");
    expect(headers.get("x-content-type-options")).toBe("nosniff");
    expect(headers.get("referrer-policy")).toBe("no-referrer");
    expect(headers.get("cross-origin-opener-policy")).toBe("same-origin");
    expect(headers.get("cross-origin-resource-policy")).toBe(place === "/t.js" ? "cross-origin" : "same-origin");
    expect(headers.get("permissions-policy")).toMatch(/camera=\(\).*microphone=\(\)/);
    expect(headers.get("access-control-allow-origin")).toBeNull();
    expect(headers.get("x-powered-by")).toBeNull();
    expect(headers.get("strict-transport-security")).toBeNull();
    expect(headers.get("x-request-id")).toMatch(/^[0-9a-f]{16}$/);
  });

  test("of a page allows nothing that a page does not need", async () => {
    const { headers } = await fetch(`${people.url}/`);
    const policy = new Map(
      headers
        .get("content-security-policy")!
        .split(";")
        .map((part) => part.trim().split(" "))
        .map(([name = "", ...values]) => [name, values.join(" ")]),
    );
    expect(Object.fromEntries(policy)).toMatchObject({
      ...{ "default-src": "'self'", "script-src": "'self'", "style-src": "'self'", "connect-src": "'self'" },
      ...{ "script-src-attr": "'none'", "style-src-attr": "'none'", "object-src": "'none'", "base-uri": "'none'" },
      ...{ "form-action": "'self'", "frame-ancestors": "'none'" },
    });
  });

  test("insists on https only where people come by https", async () => {
    const { url } = await open({ isSecure: true, url: "https://touchline.example.com" });
    const { headers } = await fetch(url);
    expect(headers.get("strict-transport-security")).toBe("max-age=63072000; includeSubDomains");
  });

  test("has a name of its own, and one from outside only where a proxy is trusted", async () => {
    const named = { headers: { "x-request-id": "from-outside-1" } };
    const direct = await open();
    const own = (await fetch(direct.url, named)).headers.get("x-request-id");
    expect(own).toMatch(/^[0-9a-f]{16}$/);
    expect((await fetch(direct.url, named)).headers.get("x-request-id")).not.toBe(own);
    const { url } = await open({ isProxyTrusted: true });
    expect((await fetch(url, named)).headers.get("x-request-id")).toBe("from-outside-1");
    const forged = await fetch(url, { headers: { "x-request-id": 'a"} {"level":"x' } });
    expect(forged.headers.get("x-request-id")).toMatch(/^[0-9a-f]{16}$/);
  });
});

describe("a request that changes something", () => {
  const post = (origin: Record<string, string>, cookie: Record<string, string> = {}) =>
    fetch(`${people.url}/trpc/account.signOut`, {
      method: "POST",
      headers: { "content-type": "application/json", ...origin, ...cookie },
      body: "{}",
    });
  const cookie = { cookie: "touchline.session_token=somebodys" };

  test.each([
    ["another site", { origin: "https://evil.example", "sec-fetch-site": "cross-site" }],
    ["another port", { origin: "http://localhost:1" }],
    ["a page without an origin", { origin: "null" }],
    ["somebody who says nothing and brings a cookie", {}],
  ])("is not taken from %s, whatever cookie it brings", async (_, origin: Record<string, string>) => {
    const answer = await post(origin, cookie);
    expect(answer.status).toBe(403);
    expect(await answer.text()).toMatch(/nothing was changed/);
  });

  test("is refused before anything else looks at it, wherever it goes and however it is called", async () => {
    for (const method of ["POST", "PUT", "PATCH", "DELETE"])
      for (const path of [
        "/",
        "/auth/callback/sso",
        "/export/default/audit.csv",
        "/trpc/account.signIn",
        "/w/default",
      ]) {
        const answer = await fetch(`${people.url}${path}`, { method, headers: { origin: "https://evil.example" } });
        expect([method, path, [403, 405].includes(answer.status)]).toEqual([method, path, true]);
        if (method === "POST") expect(answer.status).toBe(403);
      }
  });

  test("is taken from a page of this server, and from a program that brings no cookie", async () => {
    for (const origin of [{ origin: people.url }, { "sec-fetch-site": "same-origin" }])
      expect((await post(origin, cookie)).status).not.toBe(403);
    const program = await fetch(`${people.url}/trpc/account.requestReset`, {
      ...{ method: "POST", headers: { "content-type": "application/json" } },
      body: JSON.stringify({ email: "nobody@shop.example" }),
    });
    expect(program.status).toBe(200);
  });

  test("never comes by GET", async () => {
    const answer = await anna.caller.send("GET", "/trpc/account.signOut", undefined);
    expect(answer.status).toBe(405);
    expect(await anna.caller.ask("account.me")).toMatchObject({ state: "signed-in" });
  });
});

describe("a request that asks for too much", () => {
  test("an address that is too long is refused with a sentence", async () => {
    const answer = await fetch(`${people.url}/trpc/account.me?input=${"x".repeat(8_200)}`);
    expect([answer.status, await answer.text()]).toEqual([414, expect.stringContaining("8192")]);
    expect((await fetch(`${people.url}/?${"x".repeat(20_000)}`)).status).toBe(431);
  });

  test("a body beyond 1 MB is not read by a procedure", async () => {
    const body = JSON.stringify({ email: "a@b.fr", password: "x".repeat(1_100_000) });
    const { status } = await nobodyAt(people.url).send("POST", "/trpc/account.signIn", body);
    expect(status).toBe(413);
  });

  test("20 procedures go together, 21 do not", async () => {
    const batch = (count: number) =>
      fetch(`${people.url}/trpc/${Array(count).fill("account.me").join(",")}?batch=1&input=%7B%7D`);
    expect((await batch(20)).status).toBe(200);
    expect((await batch(21)).status).toBe(400);
  });

  /** Sends a beginning, then a drop every now and then. @returns what is answered until the connection ends */
  function drip(port: number, begun: string): Promise<string> {
    return new Promise((done, failed) => {
      let said = "";
      const socket = connect(port, "127.0.0.1", () => socket.write(begun));
      const drops = setInterval(() => socket.writable && socket.write(" "), 50);
      const end = () => {
        clearInterval(drops);
        socket.destroy();
      };
      const late = setTimeout(() => {
        end();
        failed(new Error("the server still waits"));
      }, 10_000);
      socket.on("data", (chunk) => {
        said += chunk.toString();
      });
      socket.on("error", () => undefined);
      socket.on("close", () => {
        end();
        clearTimeout(late);
        done(said);
      });
    });
  }

  test.each([
    ["headers", { headersMs: 200, requestMs: 60_000 }, "GET / HTTP/1.1\r\nHost: localhost\r\nX-Slow: "],
    [
      "a body",
      { headersMs: 200, requestMs: 400 },
      "POST /trpc/account.signIn HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 9999\r\n\r\n{",
    ],
  ])("%s that arrive drop by drop end with the patience of the server", async (_, patience, begun) => {
    const { port } = await open({}, {}, { ...patience, checkEveryMs: 50, idleMs: 5_000 });
    expect(await drip(port, begun)).toMatch(/^HTTP\/1\.1 408/);
  });
});

describe("requests that come too fast", () => {
  const again = (headers: Record<string, unknown> | Headers) =>
    Number(headers instanceof Headers ? headers.get("retry-after") : headers["retry-after"]);

  test("from one place wait, and say nothing to other places", async () => {
    const { url } = await open({ rates: { ...RATES, place: once(3) }, isProxyTrusted: true });
    const from = (address: string) =>
      fetch(`${url}/assets/none`, { headers: { "x-forwarded-for": `1.1.1.1, ${address}` } });
    for (let i = 0; i < 3; i++) expect((await from("203.0.113.9")).status).toBe(404);
    const refused = await from("203.0.113.9");
    expect(refused.status).toBe(429);
    expect(again(refused.headers)).toBeGreaterThan(0);
    expect((await from("203.0.113.10")).status).toBe(404);
    // Whoever watches the server is answered all the same.
    expect((await fetch(`${url}/healthz`, { headers: { "x-forwarded-for": "203.0.113.9" } })).status).toBe(200);
  });

  test("by nobody who is known wait, and members do not", async () => {
    const { url, as } = await open({ rates: { ...RATES, nobody: once(2) } });
    for (let i = 0; i < 2; i++) expect((await nobodyAt(url).call("account.me")).status).toBe(200);
    const refused = await nobodyAt(url).call("account.me");
    expect(refused).toMatchObject({ status: 429, code: "TOO_MANY_REQUESTS" });
    expect(again(refused.headers)).toBeGreaterThan(0);
    expect((await as(anna).call("account.me")).status).toBe(200);
  });

  test("with passwords and codes wait sooner, however many go together", async () => {
    const { url } = await open({ rates: { ...RATES, guess: once(3) } });
    const signIn = (n: number) =>
      fetch(`${url}/trpc/${Array(n).fill("account.signIn").join(",")}?batch=1`, {
        ...{ method: "POST", headers: { "content-type": "application/json", origin: url } },
        body: JSON.stringify(Array(n).fill({ email: "x@shop.example", password: "no" })),
      });
    expect((await signIn(2)).status).not.toBe(429);
    expect((await signIn(2)).status).toBe(429);
    expect((await nobodyAt(url).call("account.me")).status).toBe(200);
  });

  test("of one person wait, and nobody else's", async () => {
    const { as } = await open({ rates: { ...RATES, person: once(2) } });
    const boris = await people.person("Boris", { default: "viewer" });
    for (let i = 0; i < 2; i++) expect((await as(anna).call("team.members")).status).toBe(200);
    expect((await as(anna).call("team.members")).status).toBe(429);
    expect((await as(boris).call("policies.read")).status).toBe(200);
  });

  test("with keys that nobody knows wait", async () => {
    const { url } = await open({ rates: { ...RATES, nobody: once(2) } });
    const send = () =>
      fetch(`${url}/v1/spend`, { method: "POST", headers: { authorization: "Bearer tlk_guess" }, body: "{}" });
    expect((await send()).status).toBe(401);
    expect((await send()).status).toBe(401);
    expect((await send()).status).toBe(429);
  });
});

describe("what fails on the server", () => {
  const SECRET = "hunter2-of-nobody";
  const broken = () => {
    throw new Error(`postgres://app:${SECRET}@db/touchline refused password=${SECRET} for tlk_${SECRET}`, {
      cause: new Error(`Cookie: touchline.session_token=${SECRET}`),
    });
  };

  test("is told to nobody but the log, which knows it by the name in the answer and writes no secret", async () => {
    const written = watchLog();
    const { as } = await open({}, { openWorkspace: async () => broken() });
    const answer = await as(anna).call("workspace.status");
    expect(answer.status).toBe(500);
    expect(answer.message).toBe(
      `Something went wrong on the server. Its log says what. Request ${answer.headers["x-request-id"]}.`,
    );
    const lines = written()
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(lines).toContainEqual(
      expect.objectContaining({
        level: "error",
        request: answer.headers["x-request-id"],
        procedure: "workspace.status",
      }),
    );
    expect(written()).not.toContain(SECRET);
    expect(JSON.stringify(answer)).not.toContain(SECRET);
  });

  test("outside of procedures too", async () => {
    const written = watchLog();
    const { url } = await open({ desk: broken });
    const answer = await fetch(`${url}/export/default/audit.csv?token=${SECRET}`);
    const id = answer.headers.get("x-request-id");
    expect(answer.status).toBe(500);
    expect(await answer.text()).toBe(`Something went wrong on the server. Its log says what. Request ${id}.\n`);
    expect(written()).toContain(id!);
    expect(written()).not.toContain(SECRET);
  });

  test("refusals are written down, one line each, and not without end", async () => {
    const written = watchLog();
    const { url } = await open();
    for (let i = 0; i < 100; i++)
      await fetch(`${url}/`, { method: "POST", headers: { origin: "https://evil.example" } });
    const lines = written()
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(lines[0]).toMatchObject({ level: "warn", msg: "refused", status: 403, method: "POST", path: "/" });
    expect(lines.length).toBeLessThan(80); // 60, and one more each second.
  });
});
