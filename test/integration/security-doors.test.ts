import { mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { log } from "../../server/src/log.ts";
import { openPeopleWorld, type PeopleWorld, type Person } from "../support/people-world.ts";
import { runTouchline } from "../support/process.ts";

const SHOP = "https://www.boutique.fr";
const BROWSER = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/143.0.0.0 Safari/537.36";

let people: PeopleWorld;
let owner: Person;
log.level = "info"; // What is written down is part of what is tested here.

beforeAll(async () => {
  people = await openPeopleWorld();
  owner = await people.person("Ada Owner", { doors: "owner" });
  const workspace = await people.world.house.workspace("doors");
  await workspace.changeSetting("collector-origins", [SHOP]);
});
afterAll(() => people?.close());

/** What is sent as it stands, and everything that comes back. */
function talk(text: string): Promise<string> {
  const { hostname, port } = new URL(people.url);
  return new Promise((done, failed) => {
    const socket = connect(Number(port), hostname);
    let answer = "";
    socket.on("data", (bytes) => {
      answer += bytes.toString("latin1");
    });
    socket.on("close", () => done(answer));
    socket.on("error", failed);
    socket.end(text);
  });
}

const MACHINES = [
  ["GET", "/trpc/account.me"],
  ["GET", "/trpc/nothing.here"],
  ["POST", "/v1/touchpoints"],
  ["GET", "/v1/nothing"],
  ["GET", "/export/doors/audit.csv"],
  ["GET", "/auth/callback/sso"],
] as const;

describe("answers for machines", () => {
  test.each(MACHINES)("%s %s is kept by nobody, and as a page it can do nothing", async (method, path) => {
    const { headers } = await owner.caller.send(method, path, undefined);
    expect(headers["cache-control"]).toBe("no-store");
    expect(headers["content-security-policy"]).toBe(
      "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox",
    );
  });

  test("elsewhere: failures are kept by nobody, files of the page are, and the page is not shut", async () => {
    const missing = await owner.caller.send("GET", "/assets/nothing.js", undefined);
    expect([missing.status, missing.headers["cache-control"]]).toEqual([404, "no-store"]);
    const health = await owner.caller.send("GET", "/healthz", undefined);
    expect([health.status, health.headers["cache-control"]]).toEqual([200, undefined]);
    expect(health.headers["content-security-policy"]).not.toContain("sandbox");
  });
});

describe("procedures", () => {
  test.each([
    "text/plain",
    "multipart/form-data; boundary=x",
    "application/x-www-form-urlencoded",
    "application/octet-stream",
    "",
  ])("are not reached by a body of type %j", async (type) => {
    const leaving = owner.caller.copy();
    const headers = type === "" ? {} : { "content-type": type };
    // Without a body a browser sends no type either.
    const refused = await leaving.send("POST", "/trpc/account.signOut", type === "" ? undefined : "{}", { headers });
    expect([refused.status, refused.message]).toEqual([415, "Procedures take application/json only.\n"]);
    expect(await owner.caller.ask("account.me")).toMatchObject({ user: { name: "Ada Owner" } });
  });

  test.each(["cross-site", "same-site"])("and exports are not for pages %s, not even to look", async (site) => {
    for (const path of ["/trpc/account.me", "/export/doors/audit.csv"]) {
      for (const mode of ["navigate", "no-cors", "cors"]) {
        const headers = { "sec-fetch-site": site, "sec-fetch-mode": mode };
        const { status, message } = await owner.caller.send("GET", path, undefined, { headers });
        expect([status, message]).toEqual([403, "This address is for the pages of this server only.\n"]);
      }
    }
  });

  test.each(["same-origin", "none"])(
    "and exports are for this server's own pages, and typed addresses: %s",
    async (site) => {
      for (const path of ["/trpc/account.me", "/export/doors/audit.csv"]) {
        const { status } = await owner.caller.send("GET", path, undefined, { headers: { "sec-fetch-site": site } });
        expect(status).toBe(200);
      }
    },
  );

  test("signing out, and nothing else, empties what the browser keeps of this server", async () => {
    const { caller } = await people.person("Leo Leaver", { doors: "viewer" });
    const renamed = await caller.call("account.rename", { name: "Leo" });
    expect([renamed.status, renamed.headers["clear-site-data"]]).toEqual([200, undefined]);
    const left = await caller.call("account.signOut");
    expect([left.status, left.headers["clear-site-data"]]).toEqual([200, '"cache"']);
  });
});

describe("requests as no browser writes them", () => {
  test.each(["TRACE", "PUT", "DELETE", "PATCH"])("%s is answered with what there is", async (method) => {
    for (const path of ["/", "/trpc/account.me", "/v1/collect", "/t.js"]) {
      const { status, headers, message } = await owner.caller.send(method, path, undefined);
      expect([status, headers.allow]).toEqual([405, "GET, HEAD, POST, OPTIONS"]);
      expect(message).not.toContain("touchline");
    }
  });

  test.each([
    ["both a length and chunks", "Content-Length: 5\r\nTransfer-Encoding: chunked"],
    ["chunks and a length", "Transfer-Encoding: chunked\r\nContent-Length: 5"],
    ["two lengths", "Content-Length: 5\r\nContent-Length: 6"],
    ["chunks inside of something else", "Transfer-Encoding: chunked, identity"],
    ["a length that is no number", "Content-Length: +5"],
  ])("with %s end the conversation: what follows is not taken as a second request", async (_what, lines) => {
    const second = "GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n";
    const answer = await talk(`POST /readyz HTTP/1.1\r\nHost: localhost\r\n${lines}\r\n\r\n0\r\n\r\n${second}`);
    expect(answer).toMatch(/^HTTP\/1\.1 400 /);
    expect(answer.match(/HTTP\/1\.1/g)).toHaveLength(1);
    expect(answer).not.toContain('"ok"');
  });
});

describe("a request that says a thing twice", () => {
  test("in a header belongs to no workspace, and in an address is asked once", async () => {
    for (const workspace of ["doors, doors", "doors,other", "other, doors"])
      expect((await owner.caller.call("team.members", undefined, { workspace })).code).toBe("NOT_FOUND");
    const asked = (...actors: string[]) =>
      actors
        .map((actor) => `input=${encodeURIComponent(JSON.stringify({ before: null, action: "", actor }))}`)
        .join("&");
    const entries = async (query: string) => {
      const { data } = await owner.caller.send("GET", `/trpc/audit.entries?${query}`, undefined);
      return (data as { total: number }).total;
    };
    const own = await entries(asked("Ada"));
    expect(own).toBeGreaterThan(0);
    expect(await entries(asked("Ada", "nobody"))).toBe(own);
    expect(await entries(asked("nobody", "Ada"))).toBe(0);
  });
});

describe("what is asked for", () => {
  test("is answered under its type, with how its text is written", async () => {
    const pages = [
      ["GET", "/"],
      ["GET", "/assets/none.js"],
      ["GET", "/healthz"],
      ["GET", "/readyz"],
      ["GET", "/t.js"],
    ] as const;
    for (const [method, path] of [...MACHINES, ...pages]) {
      const { headers, message } = await owner.caller.send(method, path, undefined);
      const type = String(headers["content-type"]);
      expect([path, message === "" || /^application\/json|; ?charset=utf-8$/i.test(type)]).toEqual([path, true]);
    }
  });

  test("is no folder: none is listed", async () => {
    // The folder of the page is this world's data folder.
    const { dataFolder } = people.world.house;
    expect(readdirSync(join(dataFolder, "accounts")).length).toBeGreaterThan(3);
    for (const path of ["/accounts", "/accounts/", "/spool/", "/assets/"]) {
      const { message } = await owner.caller.send("GET", path, undefined);
      expect(readdirSync(join(dataFolder, "accounts")).filter((name) => message.includes(name))).toEqual([]);
    }
  });

  test("and refused for want of a right is written down, with who and which", async () => {
    const { caller, id } = await people.person("Vera Viewer", { doors: "viewer" });
    const lines: string[] = [];
    const watching = vi.spyOn(process.stderr, "write").mockImplementation((line) => lines.push(String(line)) > 0);
    await caller.call("audit.entries", { before: null, action: "", actor: "" });
    await caller.call("team.members", undefined, { workspace: "elsewhere" });
    watching.mockRestore();
    const told = lines.map((line) => JSON.parse(line)).filter(({ event }) => event === "access-refused");
    expect(told).toMatchObject([
      { level: "warn", person: id, workspace: "doors", right: "audit:read", ip: caller.from },
      { level: "warn", person: id, workspace: "elsewhere", right: "members:read", ip: caller.from },
    ]);
  });
});

describe("pages of other origins", () => {
  const asked = (origin: string, path = "/v1/collect", method = "OPTIONS") =>
    fetch(`${people.url}${path}`, { method, headers: { Origin: origin, "User-Agent": BROWSER } });
  const granted = (headers: Headers) => [...headers.keys()].filter((name) => name.startsWith("access-control-"));

  test("read what the collector answers where a workspace lists them, without cookies, and nothing else", async () => {
    const { headers } = await asked(SHOP);
    expect(headers.get("access-control-allow-origin")).toBe(SHOP);
    expect(headers.has("access-control-allow-credentials")).toBe(false);
    expect(headers.get("cross-origin-resource-policy")).toBe("cross-origin");
    for (const path of ["/healthz", "/trpc/account.me", "/v1/touchpoints", "/export/doors/audit.csv", "/"])
      for (const method of ["GET", "OPTIONS"]) {
        const other = await asked(SHOP, path, method);
        expect(granted(other.headers)).toEqual([]);
        expect(other.headers.get("cross-origin-resource-policy")).toBe("same-origin");
      }
  });

  test("read nothing where no workspace lists them", async () => {
    for (const origin of ["https://elsewhere.example", "null", people.url])
      expect(granted((await asked(origin)).headers)).toEqual([]);
  });
});

describe("a data folder", () => {
  const opensToOthers = (path: string): boolean => (statSync(path).mode & 0o077) !== 0;
  const parent = mkdtempSync(join(tmpdir(), "touchline-modes-"));
  afterAll(() => rmSync(parent, { recursive: true, force: true }));

  test.runIf(process.platform !== "win32")(
    "is made for its owner alone, and in one that is open to others nothing of ours is",
    async () => {
      const fresh = join(parent, "fresh");
      const old = process.umask(0o022); // Commands inherit it.
      const made = runTouchline(["settings", "--data", fresh]);
      process.umask(old);
      expect((await made).exitCode).toBe(0);
      expect(readdirSync(parent).filter((name) => opensToOthers(join(parent, name)))).toEqual([]);

      const { dataFolder } = people.world.house; // Made by the test, as anybody makes a folder.
      expect(opensToOthers(dataFolder)).toBe(true);
      const names = ["accounts", "clickhouse", "secret", "spool"];
      expect(names.filter((name) => opensToOthers(join(dataFolder, name)))).toEqual([]);
    },
  );
});
