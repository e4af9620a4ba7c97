import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { verifyAudit } from "../../server/src/audit/index.ts";
import { privacyRouter } from "../../server/src/privacy/router.ts";
import { auditEntries, privacyRequests } from "../../server/src/store/index.ts";
import { requestOf } from "../support/members.ts";
import { ALL_OF_ANN, ANN, ANN_CUSTOMER, BEN, filesWith, lookInto, populate } from "../support/people.ts";
import { openWorld, type World } from "../support/world.ts";

let world: World;
let look: ReturnType<typeof lookInto>;
let workspaces = 0;
beforeAll(async () => {
  world = await openWorld();
  look = lookInto(world.house);
});
afterAll(() => world.close());

/** A workspace with Ann and Ben in it, and what an admin may do there. */
async function openDesk(role: Parameters<typeof requestOf>[3] = "admin") {
  const workspace = `p${++workspaces}`;
  await populate(world, workspace);
  const desk = privacyRouter.createCaller(await requestOf(world.house, workspace, "ada", role));
  const store = (await world.house.store()).in(workspace);
  return { workspace, desk, store };
}

/** Touchpoints of a source that has a name: visitor and consent. */
async function importFromWeb(workspace: string, rows: readonly string[]): Promise<void> {
  const column = (name: string) => ({ column: name });
  const columns = {
    ...{ occurred_at: { text: "2026-03-01T10:00:00Z" }, channel: { text: "Email" }, campaign: { text: "news" } },
    ...{ event_id: column("visitor"), visitor_id: column("visitor"), consent: column("consent") },
    interaction: { text: "click" },
  };
  const declaration = { name: "web", title: "Web", tables: [{ kind: "touchpoints", columns }] };
  const source = world.file("web.json", JSON.stringify(declaration));
  const file = world.file("web.csv", `visitor,consent\n${rows.join("\n")}\n`);
  await world.json("import", file, "--source", source, "--workspace", workspace);
}

const entriesOf = async ({ store }: Awaited<ReturnType<typeof openDesk>>) =>
  (await store.select(auditEntries))
    .map(({ body }) => JSON.parse(body))
    .filter(({ action }) => action.startsWith("privacy."));

describe("what is stored about visitors", () => {
  test("is counted table by table, with what allows it, as retention counts its age", async () => {
    const { workspace, desk } = await openDesk();
    await world.json(
      "settings",
      "--set",
      "legal-basis.crm=contract",
      "--set",
      "legal-basis.web=consent",
      "--workspace",
      workspace,
    );
    await importFromWeb(workspace, ["cleo,granted", "dora,denied", "emma,"]);
    const { stored, sources, retention, due, forgotten } = await desk.overview();
    const counts = Object.fromEntries(stored.map(({ table, rows, identified }) => [table, [rows, identified]]));
    expect(counts).toMatchObject({
      touchpoints: [7, 5],
      conversions: [3, 3],
      identities: [2, 2],
      rejected_rows: [3, 2],
    });
    const today = new Date().toISOString().slice(0, 10);
    for (const { table, oldest, newest, identified } of stored) {
      const isDerived = ["journeys", "persons"].includes(table);
      expect([table, oldest, newest]).toEqual([
        table,
        ...(isDerived || identified === 0 ? [null, null] : [today, today]),
      ]);
    }
    expect(sources).toEqual([
      { source: "", basis: null, touchpoints: 4, consented: 0, refused: 0, unsaid: 4 },
      { source: "web", basis: "consent", touchpoints: 3, consented: 1, refused: 1, unsaid: 1 },
      { source: "crm", basis: "contract", touchpoints: 0, consented: 0, refused: 0, unsaid: 0 },
    ]);
    expect(retention).toEqual({ identifierMonths: 13, dataMonths: 25, rejectedDays: 90 });
    expect({ due, forgotten }).toEqual({ due: { rows: 0 }, forgotten: { erased: 0, withdrawn: 0 } });
    const empty = privacyRouter.createCaller(await requestOf(world.house, "nothing-here", "ada", "owner"));
    expect((await empty.overview()).stored.every(({ rows, oldest }) => rows === 0 && oldest === null)).toBe(true);
  });
});

describe("a person's request", () => {
  test("to be erased leaves its proof: a look afterwards, and never the identifier", async () => {
    const opened = await openDesk();
    const { workspace, desk, store } = opened;
    const preview = await desk.previewErasure({ identifier: ANN });
    expect(preview).toMatchObject({ identifiers: 3, rows: { touchpoints: 3, identities: 2 } });
    expect(await store.select(privacyRequests)).toEqual([]);
    const request = await desk.erase({ identifier: ` ${ANN} ` });
    expect(request).toMatchObject({
      ...{ kind: "erasure", isComplete: true, identifiers: 3, rowsLeft: 0 },
      ...{ doneBy: expect.stringContaining("ada"), print: expect.stringMatching(/^[0-9a-f]{16}$/) },
      rows: { touchpoints: 3, mentions: preview.mentions },
    });
    expect(await desk.requests()).toEqual([request]);
    expect((await desk.overview()).forgotten).toEqual({ erased: 3, withdrawn: 0 });
    for (const id of ALL_OF_ANN) expect(filesWith(join(world.house.dataFolder, "accounts"), id), id).toEqual([]);
    const hashes = await Promise.all(ALL_OF_ANN.map((id) => look.hashOf(workspace, id)));
    expect(await look.tablesWith(workspace, [...ALL_OF_ANN, ...hashes])).toEqual(["forgotten"]);
    const [entry] = await entriesOf(opened);
    expect(entry).toMatchObject({ action: "privacy.erasure", subject: { id: request.id }, after: { rowsLeft: 0 } });
    for (const secret of [...ALL_OF_ANN, ...hashes]) expect(JSON.stringify(entry)).not.toContain(secret);
    expect(await verifyAudit(store)).toMatchObject({ isWhole: true });
  });

  test("bears the same print every time, another one for another person and in another workspace", async () => {
    const [here, there] = [await openDesk(), await openDesk()];
    const print = async ({ desk }: typeof here, identifier: string) =>
      (await desk.exportPerson({ identifier })).request.print;
    const prints = [await print(here, BEN), await print(there, BEN), await print(here, ANN)];
    expect(new Set(prints).size).toBe(3);
    expect(await print(here, ` ${BEN}`)).toBe(prints[0]);
    expect(prints).not.toContain(
      BigInt(await look.hashOf(here.workspace, BEN))
        .toString(16)
        .padStart(16, "0"),
    );
  });

  test("for what is stored hands it over as one text, with a name that names nobody", async () => {
    const { desk } = await openDesk();
    const { fileName, json, request } = await desk.exportPerson({ identifier: ANN });
    const { about, data } = JSON.parse(json) as { about: Record<string, unknown>; data: Record<string, unknown[]> };
    expect(about).toMatchObject({ identifier: ANN, "identifiers found": 3 });
    expect(data["visits, views and clicks"]).toHaveLength(3);
    expect(fileName).toBe(`person-${request.print}.json`);
    expect(request).toMatchObject({ kind: "access", identifiers: 3, rowsLeft: null, isComplete: true });
    expect(request.rows["visits, views and clicks"]).toBe(3);
  });

  test("to withdraw a consent acts on that one identifier", async () => {
    const { workspace, desk } = await openDesk();
    const request = await desk.withdraw({ identifier: ANN });
    expect(request).toMatchObject({ kind: "withdrawal", identifiers: 1, rows: { touchpoints: 2 }, isComplete: true });
    expect((await desk.overview()).forgotten).toEqual({ erased: 0, withdrawn: 1 });
    expect(await look.tablesWith(workspace, [await look.hashOf(workspace, ANN_CUSTOMER)])).toContain("conversions");
  });

  test("by command is remembered like one on the page", async () => {
    const opened = await openDesk();
    const { workspace, desk } = opened;
    await world.json("person", "export", ANN, "--workspace", workspace);
    await world.json("person", "withdraw", BEN, "--workspace", workspace);
    const erased = (await world.json("person", "erase", ANN, "--yes", "--workspace", workspace)) as Record<
      string,
      unknown
    >;
    const requests = await desk.requests();
    expect(requests.map(({ kind, rowsLeft }) => [kind, rowsLeft])).toEqual([
      ["erasure", 0],
      ["withdrawal", null],
      ["access", null],
    ]);
    expect(erased).toMatchObject({ erased: true, rowsLeft: 0, print: requests[0]!.print });
    expect(requests[2]!.print).toBe(requests[0]!.print);
    expect((await entriesOf(opened)).map(({ action, actor }) => [action, actor.kind])).toEqual([
      ["privacy.access", "command"],
      ["privacy.withdrawal", "command"],
      ["privacy.erasure", "command"],
    ]);
  });

  test("that fails in the middle stands there as not complete", async () => {
    const opened = await openDesk();
    const { workspace, desk } = opened;
    const { engine } = (await world.house.workspace(workspace)).warehouse;
    const type = Object.getPrototypeOf(engine) as typeof engine;
    const { insertRows } = type;
    type.insertRows = () => Promise.reject(new Error("the disk is full"));
    try {
      await expect(desk.erase({ identifier: ANN })).rejects.toThrow();
    } finally {
      type.insertRows = insertRows;
    }
    expect(await desk.requests()).toMatchObject([{ kind: "erasure", isComplete: false, rowsLeft: null }]);
    expect(await entriesOf(opened)).toEqual([]);
  });

  test("is for admins, and an empty identifier is nobody's", async () => {
    const { workspace, desk } = await openDesk();
    await expect(desk.erase({ identifier: "  " })).rejects.toThrow(/give the visitor id/);
    for (const role of ["viewer", "media-buyer", "finance"] as const) {
      const other = privacyRouter.createCaller(await requestOf(world.house, workspace, role, role));
      for (const attempt of [
        () => other.overview(),
        () => other.requests(),
        () => other.previewErasure({ identifier: ANN }),
        () => other.erase({ identifier: ANN }),
        () => other.exportPerson({ identifier: ANN }),
        () => other.withdraw({ identifier: ANN }),
      ])
        await expect(attempt()).rejects.toMatchObject({ code: "FORBIDDEN" });
    }
    expect(await desk.requests()).toEqual([]);
    expect(await look.tablesWith(workspace, [await look.hashOf(workspace, ANN)])).toContain("touchpoints");
  });
});
