import { randomUUID } from "node:crypto";
import type { Annotation, Role } from "@touchline/server/contract";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { annotationsRouter } from "../../server/src/annotations/router.ts";
import { listDays, shiftDay } from "../../server/src/calendar-days.ts";
import { annotations, auditEntries, proposals, type WorkspaceStore } from "../../server/src/store/index.ts";
import { requestOf } from "../support/members.ts";
import { openWorld, type World } from "../support/world.ts";

const ROLES = { vic: "viewer", ann: "media-buyer", fay: "finance", ada: "admin" } as const;
type Desk = ReturnType<typeof annotationsRouter.createCaller>;

/** Four months of data, in which a few things happen. */
const FIRST = "2026-01-01";
const LAST = "2026-04-30";
const ALL = { from: FIRST, to: LAST };
const MARCH = { from: "2026-03-01", to: "2026-03-31" };

let world: World;
let store: WorkspaceStore;
let desks: Record<keyof typeof ROLES, Desk>;

const deskOf = async (name: string, role: Role, workspace = "default") =>
  annotationsRouter.createCaller(await requestOf(world.house, workspace, name, role));

function spendRows(): string[] {
  const lives: Record<string, [string, string, string]> = {
    always: ["Search", FIRST, LAST],
    spring: ["Search", "2026-03-10", LAST],
    winter: ["Video", FIRST, "2026-02-20"],
    early: ["Video", "2026-01-05", LAST],
    late: ["Video", FIRST, "2026-04-25"],
  };
  return Object.entries(lives).flatMap(([campaign, [channel, from, to]]) =>
    listDays(from, to).map((day) => `${day},${channel},${campaign},10,EUR`),
  );
}

function touchRows(): string[] {
  const touch = (day: string, channel: string, campaign: string, n: number) =>
    `t${n},${day}T10:00:00Z,v${n},${channel},${campaign},click`;
  return [
    // People still arrive from a link when nothing is spent on it any more.
    touch("2026-03-20", "Video", "winter", 1),
    touch("2026-02-10", "Email", "welcome", 2),
    touch("2026-03-15", "Email", "welcome", 3),
    touch("2026-02-10", "Direct", "(none)", 4),
    touch(FIRST, "Direct", "(none)", 5),
  ];
}

function contextRows(): string[] {
  const days = listDays(FIRST, LAST);
  return days.flatMap((day, index) => [
    `${day},promotion,${day >= "2026-03-05" && day <= "2026-03-08" ? 1 : 0}`,
    `${day},price,${day >= "2026-03-25" ? 1.2 : 1}`,
    `${day},temperature,${(index * 7) % 23}`,
    ...(day === "2026-03-17" ? [`${day},holiday,1`] : []),
  ]);
}

beforeAll(async () => {
  world = await openWorld();
  const write = (kind: string, head: string, rows: string[]) =>
    world.json("import", kind, world.file(`${kind}.csv`, [head, ...rows, ""].join("\n")));
  await world.json("settings", "--time-zone", "Europe/Paris", "--currency", "EUR");
  await write("spend", "date,channel,campaign,cost,currency", spendRows());
  await write("touchpoints", "event_id,occurred_at,visitor_id,channel,campaign,interaction", touchRows());
  await write("conversions", "conversion_id,occurred_at,visitor_id,conversion_type,revenue,currency", [
    `c1,${LAST}T10:00:00Z,v1,purchase,10,EUR`,
  ]);
  await write("context", "date,name,value", contextRows());
  await write(
    "experiments",
    "experiment_id,channel,method,start_date,end_date,spend,incremental_conversions,standard_error",
    ["geo-1,Video,geo,2026-03-12,2026-03-19,100,5,2"],
  );
  store = (await world.house.store()).in("default");
  const made = await Promise.all(Object.entries(ROLES).map(async ([name, role]) => [name, await deskOf(name, role)]));
  desks = Object.fromEntries(made) as Record<keyof typeof ROLES, Desk>;
}, 120_000);
afterAll(() => world.close());

const listed = async (range: { from: string; to: string }, desk = desks.vic) =>
  (await desk.list({ range })).annotations;
const of = (all: readonly Annotation[], ...kinds: Annotation["kind"][]) =>
  all.filter(({ kind }) => kinds.includes(kind));
const actsOn = async (id: string) =>
  (await store.select(auditEntries))
    .map(({ body }) => JSON.parse(body) as { action: string; subject: { id: string } })
    .filter(({ subject }) => subject.id === id)
    .map(({ action }) => action);

describe("what the data tell by themselves", () => {
  test("is which campaigns began and ended, away from the edges of the data", async () => {
    const ends = of(await listed(ALL), "launch", "stop");
    expect(
      ends.map((each) => [each.kind, each.from, "names" in each && each.names, "channel" in each && each.channel]),
    ).toEqual([
      ["launch", "2026-02-10", ["welcome"], "Email"],
      ["stop", "2026-02-20", ["winter"], "Video"],
      ["launch", "2026-03-10", ["spring"], "Search"],
      ["stop", "2026-03-15", ["welcome"], "Email"],
    ]);
  });

  test("is promotions and holidays as spans, prices where they change, and no weather", async () => {
    const context = of(await listed(ALL), "context", "change");
    expect(context).toMatchObject([
      { kind: "context", name: "promotion", from: "2026-03-05", to: "2026-03-08" },
      { kind: "context", name: "holiday", from: "2026-03-17", to: "2026-03-17" },
      { kind: "change", name: "price", from: "2026-03-25", before: 1, after: 1.2 },
    ]);
  });

  test("is lift tests and approved plans, on the workspace's days", async () => {
    // Half past eleven at night in London is the next day in Paris.
    await store.insert(proposals, {
      ...{ id: randomUUID(), name: "Week 12", note: "", state: "approved", input: {} as never, plan: {} as never },
      ...{ movedPerWeek: 1, secondPersonAbove: null, proposedBy: "x", proposerName: "x", proposedAt: new Date() },
      ...{ decidedBy: "y", deciderName: "fay", decidedAt: new Date("2026-03-15T23:30:00Z") },
    });
    const all = await listed(MARCH);
    expect(of(all, "test")).toMatchObject([{ channel: "Video", from: "2026-03-12", to: "2026-03-19" }]);
    expect(of(all, "plan")).toMatchObject([{ name: "Week 12", by: "fay", from: "2026-03-16" }]);
    expect(of(await listed({ from: "2026-03-15", to: "2026-03-15" }), "plan")).toEqual([]);
  });

  test("stands beside the days that it touches, in their order, and nowhere else", async () => {
    const all = await listed(ALL);
    for (const day of ["2026-03-07", "2026-03-18", "2026-02-20", "2026-01-20"]) {
      const expected = all.filter(({ from, to }) => from <= day && day <= to).map(({ id }) => id);
      expect((await listed({ from: day, to: day })).map(({ id }) => id)).toEqual(expected);
    }
    expect(all.map(({ from }) => from)).toEqual(all.map(({ from }) => from).sort());
    expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
  });
});

describe("a note", () => {
  test("stands beside its days for everybody of the workspace, with who wrote it", async () => {
    const note = await desks.ann.add({ from: "2026-03-30", to: "2026-04-02", text: " Shop down " });
    expect(note).toMatchObject({ text: "Shop down", writer: { name: "ann" }, mayChange: true });
    expect(of(await listed({ from: "2026-04-01", to: "2026-04-01" }), "note")).toMatchObject([
      { id: note.id, text: "Shop down", mayChange: false },
    ]);
    expect(of(await listed({ from: "2026-04-03", to: "2026-04-03" }), "note")).toEqual([]);
  });

  test("is changed and removed by who wrote it and by admins, and each of it is in the audit", async () => {
    const days = { from: FIRST, to: FIRST };
    const { id } = await desks.ann.add({ ...days, text: "first" });
    await expect(desks.fay.change({ id, ...days, text: "mine" })).rejects.toThrow("ann wrote this annotation");
    await expect(desks.fay.remove({ id })).rejects.toMatchObject({ code: "FORBIDDEN" });
    await desks.ann.change({ id, from: FIRST, to: shiftDay(FIRST, 2), text: "second" });
    await desks.ada.remove({ id });
    await expect(desks.ann.remove({ id })).rejects.toMatchObject({ code: "NOT_FOUND" });
    expect(await actsOn(id)).toEqual(["annotations.add", "annotations.change", "annotations.remove"]);
  });

  test("is not written by viewers, nor backwards, nor without words", async () => {
    const days = { from: FIRST, to: FIRST };
    await expect(desks.vic.add({ ...days, text: "x" })).rejects.toMatchObject({ code: "FORBIDDEN" });
    await expect(desks.ann.add({ from: LAST, to: FIRST, text: "x" })).rejects.toMatchObject({ code: "BAD_REQUEST" });
    await expect(desks.ann.add({ ...days, text: "  " })).rejects.toMatchObject({ code: "BAD_REQUEST" });
    await expect(desks.ann.add({ ...days, text: "x".repeat(501) })).rejects.toMatchObject({ code: "BAD_REQUEST" });
  });

  test("is unknown to another workspace", async () => {
    const { id } = await desks.ann.add({ from: FIRST, to: FIRST, text: "ours" });
    const other = await deskOf("eve", "owner", "elsewhere");
    expect(await other.list({ range: ALL })).toEqual({ annotations: [], left: 0 });
    await expect(other.change({ id, from: FIRST, to: FIRST, text: "x" })).rejects.toMatchObject({ code: "NOT_FOUND" });
    await expect(other.remove({ id })).rejects.toMatchObject({ code: "NOT_FOUND" });
  });

  test("comes before what the data tell where there is too much to list, and the rest is counted", async () => {
    const row = (day: string) => ({
      ...{ id: randomUUID(), fromDay: day, toDay: day, text: "many" },
      ...{ writerId: "x", writerName: "x", writtenAt: new Date() },
    });
    for (let i = 0; i < 400; i++) await store.insert(annotations, row("2026-03-17"));
    const { annotations: shown, left } = await desks.vic.list({ range: MARCH });
    expect(of(shown, "note").length).toBeGreaterThanOrEqual(400);
    expect(of(shown, "launch", "context", "test")).toEqual([]);
    expect(left).toBeGreaterThan(0);
  });
});
