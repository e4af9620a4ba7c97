import type { Router } from "express";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type FullWorkspace, fillWorkspace, MARK, stateOf } from "../support/full-workspace.ts";
import { openPeopleWorld, type PeopleWorld, type Person } from "../support/people-world.ts";
import { PROCEDURES, type ProcedureCall, WORKSPACE_CALLS } from "../support/procedure-calls.ts";
import type { Caller, Reply } from "../support/sign-in.ts";

let people: PeopleWorld;
let full: FullWorkspace;
let stranger: Person;
let removed: Person;
/** What each call sends: made once, so that all who are refused try the same. */
const inputs = new Map<string, unknown>();

const calls = Object.entries(WORKSPACE_CALLS) as [string, ProcedureCall][];
const ofWorkspaces = PROCEDURES.filter(({ access }) => access !== "anyone" && access !== "self");

beforeAll(async () => {
  people = await openPeopleWorld();
  const owner = await people.person("Northern Owner", { north: "owner" });
  removed = await people.person("Former Admin", { north: "admin" });
  stranger = await people.person("Stranger", { south: "owner" });
  full = await fillWorkspace(people, owner, "north");
  const shop =
    "event_id,occurred_at,visitor_id,channel,campaign,interaction\ns1,2026-09-20T10:00:00Z,v1,Search,c,click\n";
  await people.world.json("import", "touchpoints", people.world.file("south.csv", shop), "--workspace", "south");
  await owner.caller.ask("team.remove", { userId: removed.id });
  for (const [path, { input }] of calls) inputs.set(path, await input?.(full, owner));
}, 120_000);
afterAll(() => people.close());

/** Makes every call and puts down what was answered to each. */
async function walk(caller: Caller, workspace: string | null): Promise<Map<string, Reply>> {
  const replies = new Map<string, Reply>();
  for (const [path] of calls) replies.set(path, await caller.call(path, inputs.get(path), { workspace }));
  return replies;
}

const codes = (replies: Map<string, Reply>) => Object.fromEntries([...replies].map(([path, { code }]) => [path, code]));
const everywhere = (code: string) => Object.fromEntries(calls.map(([path]) => [path, code]));

describe("the table of calls", () => {
  test("has every procedure of a workspace, and nothing that is no procedure", () => {
    expect(Object.keys(WORKSPACE_CALLS).sort()).toEqual(ofWorkspaces.map(({ path }) => path).sort());
    expect(calls.length).toBeGreaterThan(60);
  });

  test("says of every procedure who may use it", () => {
    expect(PROCEDURES.filter(({ access }) => access === "not said")).toEqual([]);
    expect(PROCEDURES.filter(({ access }) => access === "anyone").map(({ path }) => path)).toEqual(
      ["me", "signIn", "signInWithCode", "startSso", "openLink", "acceptLink", "requestReset"].map(
        (name) => `account.${name}`,
      ),
    );
  });
});

describe("whoever does not belong to a workspace", () => {
  let before: Record<string, unknown>;
  beforeAll(async () => {
    before = await stateOf(people, "north");
  });

  test("is refused everything, signed in elsewhere or not at all, and changes nothing", async () => {
    expect(codes(await walk(people.nobody(), "north"))).toEqual(everywhere("UNAUTHORIZED"));
    const theirs = await walk(stranger.caller, "north");
    expect(codes(theirs)).toEqual(everywhere("NOT_FOUND"));
    expect(codes(await walk(removed.caller, "north"))).toEqual(everywhere("NOT_FOUND"));
    expect(codes(await walk(stranger.caller, null))).toEqual(everywhere("NOT_FOUND"));
    expect(await stateOf(people, "north")).toEqual(before);
  });

  test("is told the same of a workspace that is there as of one that is not", async () => {
    for (const [path] of calls) {
      const [there, nowhere] = await Promise.all(
        ["north", "nowhere"].map((workspace) => stranger.caller.call(path, inputs.get(path), { workspace })),
      );
      expect({ path, said: there!.message }).toEqual({ path, said: nowhere!.message.replace("nowhere", "north") });
    }
  });

  test("finds nothing of it under its ids from a workspace of their own, and changes nothing of it", async () => {
    let tried = 0;
    for (const [path, { byId, found }] of calls) {
      if (byId === undefined) continue;
      const { code, message, data } = await stranger.caller.call(path, inputs.get(path), { workspace: "south" });
      if (code === null) expect({ path, found: found?.(data as never) }).toEqual({ path, found: 0 });
      else expect({ path, code }).not.toEqual({ path, code: "INTERNAL_SERVER_ERROR" });
      expect({ path, says: message.includes(MARK) }).toEqual({ path, says: false });
      tried++;
    }
    expect(tried).toBeGreaterThan(20);
    expect(await stateOf(people, "north")).toEqual(before);
  });

  test("does not see it in what their own workspace answers, nor in what they are told of themselves", async () => {
    for (const [path, { byId }] of calls) {
      if (byId !== undefined || path === "team.leave") continue;
      const { message } = await stranger.caller.call(path, inputs.get(path), { workspace: "south" });
      const sent = JSON.stringify(inputs.get(path) ?? "");
      expect({ path, says: message.includes(MARK) && !sent.includes(MARK) }).toEqual({ path, says: false });
    }
    const me = await stranger.caller.ask<{ workspaces: unknown }>("account.me");
    expect(me.workspaces).toEqual([{ id: "south", role: "owner", needsSecondFactor: false }]);
    expect(await stateOf(people, "north")).toEqual(before);
  });

  test("cannot end a session of its people", async () => {
    const { code } = await stranger.caller.call("account.revokeSession", { id: full.session });
    expect(code).toBe("NOT_FOUND");
    expect((await full.owner.caller.call("workspace.status")).code).toBeNull();
  });

  test("cannot take the name of a workspace that is there", async () => {
    expect((await stranger.caller.call("account.createWorkspace", { id: "north" })).code).toBe("CONFLICT");
    expect(await stateOf(people, "north")).toEqual(before);
  });
});

/** What each address is for. Those of workspaces say what somebody else's session or key gets there. */
const ROUTES: Readonly<
  Record<
    string,
    | "public"
    | "operator"
    | "activation"
    | "audit"
    | "upload"
    | "events"
    | "pages"
    | "rebalancing"
    | "reports"
    | "single sign-on"
  >
> = {
  "GET /healthz": "public",
  "GET /readyz": "public",
  "GET /metrics": "operator",
  "POST /v1/:kind": "events",
  "POST /v1/rebalance": "rebalancing",
  "GET /v1/rebalance/:id": "rebalancing",
  "GET /t.js": "public",
  "OPTIONS /v1/collect": "pages",
  "POST /v1/collect": "pages",
  "GET /export/:workspace/audit.:format": "audit",
  "GET /export/:workspace/activation/:proposalId/:format": "activation",
  "GET /export/:workspace/reports/roi.:format": "reports",
  "GET /export/:workspace/reports/closed/:month.:format": "reports",
  "GET /v1/reports/roi": "reports",
  "POST /upload/:workspace": "upload",
  "GET /auth/callback/sso": "single sign-on",
  "GET /{*path}": "public",
};

interface Layer {
  readonly route?: { readonly path: string; readonly methods: Record<string, boolean> };
  readonly handle: { readonly stack?: readonly Layer[] };
}

function routesOf(stack: readonly Layer[]): string[] {
  return stack.flatMap(({ route, handle }) =>
    route !== undefined
      ? Object.keys(route.methods).map((method) => `${method.toUpperCase()} ${route.path}`)
      : routesOf(handle.stack ?? []),
  );
}

describe("the addresses of the server", () => {
  test("are the ones of this table", () => {
    const app = people.app.router as unknown as { stack: readonly Layer[] };
    const collector = people.collector as Router as unknown as { stack: readonly Layer[] };
    const found = new Set([...routesOf(app.stack), ...routesOf(collector.stack)]);
    expect([...found].sort()).toEqual(Object.keys(ROUTES).sort());
  });

  test("that hand out a workspace's audit do so to nobody else", async () => {
    const before = await stateOf(people, "north");
    for (const format of ["csv", "ndjson"]) {
      const path = `/export/north/audit.${format}`;
      expect((await people.nobody().send("GET", path, undefined)).status).toBe(401);
      for (const caller of [stranger.caller, removed.caller]) {
        const { status, message } = await caller.send("GET", path, undefined, { workspace: "south" });
        expect({ status, says: message.includes(MARK) }).toEqual({ status: 404, says: false });
      }
    }
    expect(await stateOf(people, "north")).toEqual(before);
    const { status, message } = await full.owner.caller.send("GET", "/export/north/audit.csv", undefined);
    expect({ status, says: message.includes(MARK) }).toEqual({ status: 200, says: true });
  });
});

describe("the file of an approved plan", () => {
  test("is handed to members, for plans of their own workspace, and to nobody else", async () => {
    const proposalId = await full.activated();
    const before = await stateOf(people, "north");
    const path = `/export/north/activation/${proposalId}/csv`;
    expect((await people.nobody().send("GET", path, undefined)).status).toBe(401);
    for (const caller of [stranger.caller, removed.caller]) {
      const { status, message } = await caller.send("GET", path, undefined, { workspace: "south" });
      expect({ status, says: message.includes(MARK) }).toEqual({ status: 404, says: false });
    }
    const elsewhere = await stranger.caller.send("GET", path.replace("north", "south"), undefined);
    expect(elsewhere.status).toBe(404);
    expect(await stateOf(people, "north")).toEqual(before);
    expect((await full.owner.caller.send("GET", path, undefined)).status).toBe(200);
    expect((await full.owner.caller.send("GET", `${path}x`, undefined)).message).not.toContain(MARK);
  });
});

describe("a file that is sent to a workspace", () => {
  test("is taken from its members and from nobody else", async () => {
    const before = await stateOf(people, "north");
    const headers = { "content-type": "application/octet-stream" };
    const path = "/upload/north?name=spend.csv";
    expect((await people.nobody().send("POST", path, "date,channel", { headers })).status).toBe(401);
    for (const caller of [stranger.caller, removed.caller])
      expect((await caller.send("POST", path, "date,channel", { headers })).status).toBe(404);
    expect(await stateOf(people, "north")).toEqual(before);
    expect((await full.owner.caller.send("POST", path, "date,channel", { headers })).status).toBe(200);
  });
});

describe("a service key", () => {
  const touch = [
    {
      event_id: "k1",
      occurred_at: "2026-09-20T10:00:00Z",
      visitor_id: "v1",
      channel: "Search",
      campaign: "c",
      interaction: "click",
    },
  ];
  const send = (key: string, headers: Record<string, string> = {}) =>
    people.nobody().send("POST", "/v1/touchpoints", touch, { headers: { authorization: `Bearer ${key}`, ...headers } });
  const keyOf = async (scopes: readonly string[]) =>
    (await stranger.caller.ask<{ key: string }>("keys.create", { name: "machine", scopes })).key;

  test("writes into its own workspace, whichever the request names", async () => {
    const before = await stateOf(people, "north");
    const key = await keyOf(["ingest"]);
    expect((await send(key)).status).toBe(202);
    expect((await send(key, { "x-workspace": "north" })).status).toBe(202);
    expect(await stateOf(people, "north")).toEqual(before);
  });

  test("without the scope is refused, and so is one that was revoked or never was", async () => {
    expect((await send(await keyOf(["reports:read", "rebalance"]))).status).toBe(403);
    expect((await send(`tlk_${"x".repeat(32)}`)).status).toBe(401);
    const { key, row } = await stranger.caller.ask<{ key: string; row: { id: string } }>("keys.create", {
      ...{ name: "gone", scopes: ["ingest"] },
    });
    expect((await send(key)).status).toBe(202);
    await stranger.caller.ask("keys.revoke", { id: row.id });
    expect((await send(key)).status).toBe(401);
  });

  test("is no session: no procedure takes it", async () => {
    const key = await keyOf(["ingest", "reports:read", "rebalance"]);
    const asked = { workspace: "south", headers: { authorization: `Bearer ${key}`, "x-api-key": key } };
    expect((await people.nobody().call("workspace.status", undefined, asked)).code).toBe("UNAUTHORIZED");
  });
});
