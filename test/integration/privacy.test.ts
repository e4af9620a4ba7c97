import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  ALL_OF_ANN,
  ANN,
  ANN_CUSTOMER,
  ANN_PHONE,
  BEN,
  eventFolders,
  filesWith,
  load as loadInto,
  lookInto,
  populate as populateWorkspace,
  type Row,
  sale,
  touch,
} from "../support/people.ts";
import { openWorld, type World } from "../support/world.ts";

let world: World;
let look: ReturnType<typeof lookInto>;
let workspaces = 0;
const freshWorkspace = () => `w${++workspaces}`;
beforeAll(async () => {
  world = await openWorld();
  look = lookInto(world.house);
});
afterAll(() => world.close());

const populate = (workspace: string) => populateWorkspace(world, workspace);
const load = (workspace: string, kind: Parameters<typeof loadInto>[2], lines: string[], ...options: string[]) =>
  loadInto(world, workspace, kind, lines, ...options);

const json = async (...argv: string[]) => (await world.json(...argv)) as Row;

describe("erasing a person", () => {
  test("takes every identifier of the person out of every table and off the disk, and the totals stay", async () => {
    const workspace = freshWorkspace();
    await populate(workspace);
    const hashes = await Promise.all(ALL_OF_ANN.map((id) => look.hashOf(workspace, id)));
    const everything = [...ALL_OF_ANN, ...hashes];
    const before = await look.totals(workspace);
    expect(await look.tablesWith(workspace, everything)).toEqual(
      expect.arrayContaining([
        "adjustments",
        "conversions",
        "identities",
        "journeys",
        "persons",
        "rejected_rows",
        "touchpoints",
      ]),
    );
    const data = world.house.dataFolder;
    const onDisk = async (text: string) =>
      [data, ...(await eventFolders(world.house))].flatMap((folder) => filesWith(folder, text));
    expect((await onDisk(ANN)).length).toBeGreaterThan(0);
    mkdirSync(join(data, "demo"), { recursive: true });
    writeFileSync(join(data, "demo", "touchpoints.csv"), ANN);

    const report = await json("person", "erase", ANN, "--yes", "--workspace", workspace);
    expect(report).toMatchObject({ erased: true, identifiers: 3, oldParts: 0, waitingFiles: 0 });
    expect(await look.tablesWith(workspace, everything)).toEqual(["forgotten"]);
    expect(await look.tablesWith(workspace, ALL_OF_ANN)).toEqual([]);
    for (const id of ALL_OF_ANN) expect(await onDisk(id), id).toEqual([]);
    expect(await look.totals(workspace)).toEqual(before);
    await json("person", "erase", ANN, "--yes", "--workspace", workspace);
    expect(await look.totals(workspace)).toEqual(before);
  });

  test("leaves the others as they were, in this workspace and in others that know the same person", async () => {
    const [here, there] = [freshWorkspace(), freshWorkspace()];
    await populate(here);
    await populate(there);
    const ben = await look.rows(
      here,
      "SELECT * FROM touchpoints WHERE workspace_id = {workspaceId:String} AND event_id = 't4'",
    );
    const elsewhere = await look.rows(
      there,
      "SELECT * FROM touchpoints WHERE workspace_id = {workspaceId:String} ORDER BY event_id",
    );
    await json("person", "erase", ANN_PHONE, "--yes", "--workspace", here);
    expect(
      await look.rows(here, "SELECT * FROM touchpoints WHERE workspace_id = {workspaceId:String} AND event_id = 't4'"),
    ).toEqual(ben);
    expect(
      await look.rows(there, "SELECT * FROM touchpoints WHERE workspace_id = {workspaceId:String} ORDER BY event_id"),
    ).toEqual(elsewhere);
    expect(await look.tablesWith(there, [await look.hashOf(there, ANN)])).toContain("touchpoints");
    expect(await look.hashOf(here, ANN)).not.toBe(await look.hashOf(there, ANN));
  });

  test("lets reports add up to the same books, and gives the person's sales to nobody", async () => {
    const workspace = freshWorkspace();
    await populate(workspace);
    const credit = async () => await json("attribute", "--model", "linear", "--workspace", workspace);
    const before = await credit();
    await json("person", "erase", ANN, "--yes", "--workspace", workspace);
    const after = await credit();
    expect(after.totals).toEqual(before.totals);
    expect(before.baseline).toMatchObject({ conversions: 0 });
    expect(after.baseline).toMatchObject({ conversions: 2, revenue: "135.15" });
    expect(
      await look.rows(workspace, "SELECT DISTINCT visitor_id FROM journeys WHERE workspace_id = {workspaceId:String}"),
    ).toEqual([{ visitor_id: await look.hashOf(workspace, BEN) }]);
  });

  test("keeps what comes late out, and its text with it; a refund still finds its sale", async () => {
    const workspace = freshWorkspace();
    await populate(workspace);
    const before = await look.totals(workspace);
    await json("person", "erase", ANN, "--yes", "--workspace", workspace);
    const late = await load(workspace, "touchpoints", [
      touch("t1", 1, ANN),
      touch("t9", 2, ANN_CUSTOMER),
      touch("t4", 1, BEN),
    ]);
    expect(late).toMatchObject({ received: 3, stored: 0, duplicates: 1, rejected: 2 });
    const sales = await load(workspace, "conversions", [sale("k1", 3, ANN, "100.10"), sale("k9", 3, ANN_PHONE, "1")]);
    expect(sales).toMatchObject({ received: 2, stored: 0, rejected: 2 });
    expect(await look.tablesWith(workspace, ALL_OF_ANN)).toEqual([]);
    expect(await look.totals(workspace)).toEqual(before);
    await load(workspace, "adjustments", ["a3,k1,-1,EUR,2026-03-07T00:00:00Z,"]);
    expect((await look.totals(workspace)).bookings[0]).toMatchObject({ revenue: "100.1", refunded: "-11" });
  });

  test("finds a table that did not exist when this was written", async () => {
    const workspace = freshWorkspace();
    await populate(workspace);
    await look.run(
      workspace,
      "CREATE TABLE survey_answers (workspace_id String, person_id UInt64, answer String) ENGINE = MergeTree ORDER BY workspace_id",
    );
    const [ann, ben] = [await look.hashOf(workspace, ANN_CUSTOMER), await look.hashOf(workspace, BEN)];
    await look.run(
      workspace,
      `INSERT INTO survey_answers SELECT {workspaceId:String}, arrayJoin([${ann}, ${ben}]), 'yes'`,
    );
    await json("person", "erase", ANN, "--yes", "--workspace", workspace);
    const left = await look.rows(workspace, "SELECT toString(person_id) AS person FROM survey_answers");
    await look.run(workspace, "DROP TABLE survey_answers");
    expect(left).toEqual([{ person: ben }]);
  });

  test("does not reach through a device that everybody uses", async () => {
    const workspace = freshWorkspace();
    await populate(workspace);
    const kiosk = ["p1", "p2", ANN_CUSTOMER].map((person) => `kiosk,${person},2026-03-01T00:00:00Z`);
    await load(workspace, "identities", kiosk);
    await load(workspace, "touchpoints", [touch("t7", 4, "kiosk")]);
    const plan = await world.run("person", "erase", ANN, "--json", "--workspace", workspace);
    expect(JSON.parse(plan.stdout)).toMatchObject({ erased: false, identifiers: 3 });
    await json("person", "erase", ANN, "--yes", "--workspace", workspace);
    const left = await look.rows(
      workspace,
      "SELECT toString(visitor_id) AS visitor FROM touchpoints WHERE workspace_id = {workspaceId:String} AND event_id = 't7'",
    );
    expect(left).toEqual([{ visitor: await look.hashOf(workspace, "kiosk") }]);
    expect(
      await look.rows(workspace, "SELECT count() AS n FROM identities WHERE workspace_id = {workspaceId:String}"),
    ).toEqual([{ n: "2" }]);
  });

  test("asks first: without --yes nothing is changed and the exit code is 2", async () => {
    const workspace = freshWorkspace();
    await populate(workspace);
    const before = await look.totals(workspace);
    const { exitCode, stdout, stderr } = await world.run("person", "erase", ANN, "--workspace", workspace);
    expect(exitCode).toBe(2);
    expect(stdout).toMatch(/3 identifiers[\s\S]*touchpoints +3\b/);
    expect(stderr).toContain("--yes");
    expect(await look.totals(workspace)).toEqual(before);
    expect(
      await look.rows(workspace, "SELECT count() AS n FROM forgotten WHERE workspace_id = {workspaceId:String}"),
    ).toEqual([{ n: "0" }]);
    const empty = await world.run("person", "erase", " ", "--yes", "--workspace", workspace);
    expect(empty).toMatchObject({ exitCode: 2, stderr: expect.stringContaining("identifier is empty") });
  });
});

describe("the rights of access and portability", () => {
  test("a person gets everything that stands under them, in words, and nothing of anybody else's", async () => {
    const workspace = freshWorkspace();
    await populate(workspace);
    const given = await json("person", "export", ANN, "--workspace", workspace);
    const data = given.data as Record<string, Row[]>;
    expect(given.about).toMatchObject({ identifier: ANN, "identifiers found": 3 });
    expect(Object.fromEntries(Object.entries(data).map(([name, list]) => [name, list.length]))).toEqual({
      "visits, views and clicks": 3,
      "purchases and other results": 2,
      "refunds and corrections of these purchases": 2,
      "links between identifiers": 2,
      "identifiers that count as one person": 2,
      "visits grouped by what they led to": expect.any(Number),
      "lines that were refused": 3,
    });
    expect(data["visits, views and clicks"]![0]).toMatchObject({
      when: expect.stringContaining("2026-03-0"),
      channel: "Search",
      "further columns of the source": { note: expect.stringContaining("seen by") },
      "received at": expect.any(String),
      "came with file": expect.stringContaining(".csv"),
    });
    expect(JSON.stringify(given)).not.toContain(BEN);
    expect(JSON.stringify(given)).not.toContain(await look.hashOf(workspace, BEN));
    const stranger = await json("person", "export", "nobody", "--workspace", workspace);
    expect(Object.values(stranger.data as Record<string, Row[]>).flat()).toEqual([]);
  });
});

describe("consent", () => {
  const DENIED_TCF = "COvFyGBOvFyGBAbAAAENAPCAAOAAAAAAAAAAAEEUACCKAAA";

  test("without permission an event counts in totals and its identifier is stored nowhere, not even as a number", async () => {
    const workspace = freshWorkspace();
    const stored = await load(
      workspace,
      "touchpoints",
      [
        touch("t1", 1, ANN, DENIED_TCF),
        touch("t2", 1, ANN, "perhaps"),
        touch("t3", 1, ANN),
        touch("t4", 1, BEN, "granted"),
      ],
      "--legal-basis",
      "consent",
    );
    expect(stored).toMatchObject({ stored: 4 });
    await load(
      workspace,
      "conversions",
      [sale("k1", 2, ANN, "10", "non"), sale("k2", 2, ANN, "20")],
      "--legal-basis",
      "consent",
    );
    expect((await look.totals(workspace)).touches).toMatchObject([{ n: "4" }]);
    expect((await look.totals(workspace)).bookings).toMatchObject([{ n: "2", revenue: "30" }]);
    expect(await look.tablesWith(workspace, [ANN, await look.hashOf(workspace, ANN), DENIED_TCF, "perhaps"])).toEqual(
      [],
    );
    for (const events of await eventFolders(world.house)) expect(filesWith(events, DENIED_TCF)).toEqual([]);
    expect(
      await look.rows(
        workspace,
        "SELECT event_id, toString(consent) AS consent, visitor_id != 0 AS known FROM touchpoints WHERE workspace_id = {workspaceId:String} ORDER BY event_id",
      ),
    ).toEqual([
      { event_id: "t1", consent: "denied", known: 0 },
      { event_id: "t2", consent: "unknown", known: 0 },
      { event_id: "t3", consent: "", known: 0 },
      { event_id: "t4", consent: "granted", known: 1 },
    ]);
  });

  test("a refused line of somebody who gave none keeps neither identifier nor text", async () => {
    const workspace = freshWorkspace();
    await load(
      workspace,
      "touchpoints",
      [touch("t1", 1, ANN, "denied").replace("2026", "never"), touch("t2", 1, BEN)],
      "--legal-basis",
      "declared",
    );
    expect(
      await look.rows(workspace, "SELECT count() AS n FROM rejected_rows WHERE workspace_id = {workspaceId:String}"),
    ).toEqual([{ n: "1" }]);
    expect(await look.tablesWith(workspace, [ANN, await look.hashOf(workspace, ANN)])).toEqual([]);
  });

  test("on another basis what was not refused is kept", async () => {
    for (const basis of ["contract", "legitimate-interest", "declared"]) {
      const workspace = freshWorkspace();
      await load(
        workspace,
        "touchpoints",
        [touch("t1", 1, ANN), touch("t2", 1, ANN, "denied")],
        "--legal-basis",
        basis,
      );
      expect(
        await look.rows(
          workspace,
          "SELECT visitor_id != 0 AS known FROM touchpoints WHERE workspace_id = {workspaceId:String} ORDER BY event_id",
        ),
        basis,
      ).toEqual([{ known: 1 }, { known: 0 }]);
    }
  });

  test("that is withdrawn takes the identifier out of the past and of what comes later; totals stay, and replays add nothing", async () => {
    const workspace = freshWorkspace();
    await populate(workspace);
    const before = await look.totals(workspace);
    await json("person", "withdraw", ANN, "--workspace", workspace);
    expect(await look.totals(workspace)).toEqual(before);
    expect(await look.tablesWith(workspace, [await look.hashOf(workspace, ANN)])).toEqual(["forgotten"]);
    expect(await look.tablesWith(workspace, [await look.hashOf(workspace, ANN_PHONE)])).toContain("touchpoints");
    expect(
      await look.rows(
        workspace,
        "SELECT DISTINCT toString(consent) AS consent, length(extra) AS extra FROM touchpoints WHERE workspace_id = {workspaceId:String} AND visitor_id = 0",
      ),
    ).toEqual([{ consent: "denied", extra: "0" }]);
    const late = await load(workspace, "touchpoints", [touch("t1", 1, ANN), touch("t8", 2, ANN)]);
    expect(late).toMatchObject({ received: 2, stored: 1, duplicates: 1, rejected: 0 });
    expect(await look.tablesWith(workspace, [await look.hashOf(workspace, ANN)])).toEqual(["forgotten"]);
  });
});

describe("retention", () => {
  /** As if so many months had passed since everything that is there was received. */
  async function letPass(workspace: string, months: number): Promise<void> {
    const own = "WHERE workspace_id = {workspaceId:String} SETTINGS mutations_sync = 2";
    const back = (column: string) => `${column} = subtractMonths(${column}, ${months})`;
    await look.alter(workspace, "imports", `UPDATE ${back("started_at")} ${own}`);
    for (const table of ["touchpoints", "conversions", "adjustments", "identities", "rejected_rows"])
      await look.alter(workspace, table, `UPDATE ${back("expires_on")} ${own}`);
  }

  test("takes identifiers out after 13 months and leaves the totals; a second time there is nothing to do", async () => {
    const workspace = freshWorkspace();
    await populate(workspace);
    await letPass(workspace, 14);
    await load(workspace, "touchpoints", [touch("t9", 5, BEN)]);
    const before = await look.totals(workspace);
    const dry = await json("retention", "--dry-run", "--workspace", workspace);
    expect(dry).toMatchObject({ identifiers: { touchpoints: 4, conversions: 3, identities: 2, adjustments: 2 } });
    expect(await look.totals(workspace)).toEqual(before);
    expect(await json("retention", "--workspace", workspace)).toMatchObject({ identifiers: dry.identifiers });
    expect(await look.totals(workspace)).toEqual(before);
    const hashes = await Promise.all(ALL_OF_ANN.map((id) => look.hashOf(workspace, id)));
    expect(await look.tablesWith(workspace, [...hashes, `seen by ${BEN}`])).toEqual(["touchpoints"]);
    expect(await look.tablesWith(workspace, hashes)).toEqual([]);
    // What came this week still says who it was.
    expect(
      await look.rows(
        workspace,
        "SELECT event_id FROM touchpoints WHERE workspace_id = {workspaceId:String} AND visitor_id != 0",
      ),
    ).toEqual([{ event_id: "t9" }]);
    expect(await json("retention", "--workspace", workspace)).toMatchObject({
      identifiers: {},
      expired: {},
      endsChange: false,
    });
    const replayed = await load(workspace, "touchpoints", [touch("t1", 1, ANN)]);
    expect(replayed).toMatchObject({ stored: 0, duplicates: 1 });
  });

  test("removes rows after 25 months, refused lines after 90 days, in fact and on the disk", async () => {
    const workspace = freshWorkspace();
    await populate(workspace);
    await json("retention", "--workspace", workspace);
    const [mark] = await look.rows(
      workspace,
      "SELECT count() AS n FROM rejected_rows FINAL WHERE workspace_id = {workspaceId:String}",
    );
    expect(mark).toEqual({ n: "3" });
    await letPass(workspace, 4);
    await json("retention", "--workspace", workspace);
    expect(
      await look.rows(workspace, "SELECT count() AS n FROM rejected_rows WHERE workspace_id = {workspaceId:String}"),
    ).toEqual([{ n: "0" }]);
    expect((await look.totals(workspace)).touches.length).toBeGreaterThan(0);
    await letPass(workspace, 22);
    await json("retention", "--workspace", workspace);
    expect(await look.totals(workspace)).toEqual({ touches: [], bookings: [] });
  });

  test("follows the settings: longer or shorter, counted from when the rows were received", async () => {
    const workspace = freshWorkspace();
    await populate(workspace);
    const ends = () =>
      look.rows(
        workspace,
        "SELECT DISTINCT expires_on FROM touchpoints WHERE workspace_id = {workspaceId:String} UNION DISTINCT SELECT DISTINCT expires_on FROM adjustments WHERE workspace_id = {workspaceId:String}",
      );
    await json("retention", "--workspace", workspace);
    const before = await ends();
    const own = await world.house.workspace(workspace);
    await own.changeSetting("retention", { identifierMonths: 13, dataMonths: 37, rejectedDays: 90 });
    expect(await json("retention", "--workspace", workspace)).toMatchObject({ endsChange: true });
    const after = await ends();
    expect(after).toHaveLength(1);
    const year = (list: Row[]) => Number(String(list[0]!.expires_on).slice(0, 4));
    expect(year(after)).toBe(year(before) + 1);
    await own.changeSetting("retention", { identifierMonths: 13, dataMonths: 25, rejectedDays: 90 });
    await json("retention", "--workspace", workspace);
    expect(await ends()).toEqual(before);
  });
});
