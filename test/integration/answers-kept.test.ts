import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { answerOf, KeptAnswers } from "../../server/src/answers/kept-answers.ts";
import { conversion } from "../support/events.ts";
import { openPeopleWorld, type PeopleWorld, type Person } from "../support/people-world.ts";
import { send } from "../support/send.ts";

const WORKSPACE = "kept";
const SCOPE = { range: { from: "2026-03-01", to: "2026-03-31" }, model: "last" };
const MONTH = { month: "2026-03" };
const TEST = {
  ...{ experimentId: "spring", channel: "Search", method: "geo", startDate: "2026-03-05", endDate: "2026-03-20" },
  ...{ spend: "100", incrementalConversions: 1, standardError: 0.5 },
};

let people: PeopleWorld;
let anna: Person;
let ben: Person;
let files = 0;

async function load(kind: string, ...lines: string[]): Promise<void> {
  const file = people.world.file(`${kind}-${files++}.csv`, `${lines.join("\n")}\n`);
  await people.world.json("import", kind, file, "--workspace", WORKSPACE);
}

const TOUCHES = "event_id,occurred_at,visitor_id,channel,campaign,interaction";
const BOOKINGS = "conversion_id,occurred_at,visitor_id,conversion_type,revenue,currency";
const book = (id: string, revenue: string, type = "purchase") =>
  load("conversions", BOOKINGS, `${id},2026-03-10T12:00:00Z,v1,${type},${revenue},EUR`);

interface Booked {
  now: { totals: { revenue: string } };
}
const revenue = async ({ caller }: Person = ben) =>
  Number((await caller.ask<Booked>("performance.overview", SCOPE)).now.totals.revenue);
const rowsOf = async ({ caller }: Person = ben) =>
  (await caller.ask<{ rows: { touchpoints: number; conversions: number; rejected: number } }>("workspace.status")).rows;

beforeAll(async () => {
  people = await openPeopleWorld();
  [anna, ben] = [
    await people.person("Anna", { [WORKSPACE]: "owner" }),
    await people.person("Ben", { [WORKSPACE]: "owner" }),
  ];
  await load("touchpoints", TOUCHES, "t1,2026-03-09T12:00:00Z,v1,Search,brand,click");
  await load("spend", "date,channel,campaign,cost,currency", "2026-03-09,Search,brand,10,EUR");
  await book("c1", "100");
});
afterAll(() => people.close());

describe("an answer is kept for everybody until what it stands on has changed", () => {
  test("nothing is asked of the data a second time", async () => {
    expect(await revenue(anna)).toBe(100);
    await rowsOf(anna);
    const { warehouse } = await people.world.house.workspace(WORKSPACE);
    const { writes } = warehouse;
    const asked = performance.now();
    expect(await revenue(ben)).toBe(100);
    expect(await revenue(anna)).toBe(100);
    expect(performance.now() - asked).toBeLessThan(2_000);
    expect(warehouse.writes).toBe(writes);
  });

  test("an import shows at once, to whoever had asked before", async () => {
    expect(await revenue()).toBe(100);
    const before = await rowsOf();
    await book("c2", "50");
    expect(await revenue()).toBe(150);
    expect((await rowsOf()).conversions).toBe(before.conversions + 1);
  });

  test("a row that was refused and is tried again, or discarded, shows at once", async () => {
    const lines = ["c4,no time at all,v1,purchase,10,EUR", "c5,none either,v1,purchase,10,EUR"];
    await load("conversions", BOOKINGS, "c6,2026-03-11T12:00:00Z,v1,purchase,20,EUR", ...lines);
    const refused = async () => (await rowsOf()).rejected;
    expect(await refused()).toBe(2);
    const { rows } = await ben.caller.ask<{ rows: { fingerprint: string; line: number }[] }>("data.rejected", {});
    const chosen = rows.map(({ fingerprint, line }) => ({ fingerprint, line }));
    const states = async (state: string) => JSON.stringify(await ben.caller.ask("data.rejectedReasons", { state }));
    const [open, discarded] = [await states("open"), await states("discarded")];
    await anna.caller.ask("data.replay", { rows: chosen.slice(0, 1) });
    await anna.caller.ask("data.discard", { rows: chosen.slice(1) });
    expect(await states("open")).not.toBe(open);
    expect(await states("discarded")).not.toBe(discarded);
  });

  test("a setting that is changed by command shows at once", async () => {
    const status = () => ben.caller.ask<{ timeZone: string }>("workspace.status");
    expect((await status()).timeZone).toBe("UTC");
    await people.world.run("settings", "--workspace", WORKSPACE, "--time-zone", "Europe/Paris");
    expect((await status()).timeZone).toBe("Europe/Paris");
  });

  test("a test that was entered shows at once", async () => {
    const tests = async () => JSON.stringify(await ben.caller.ask("experiments.list"));
    expect(await tests()).not.toContain("spring");
    await anna.caller.ask("experiments.add", TEST);
    expect(await tests()).toContain("spring");
  });

  test("a budget that was entered shows at once, although it stands in no table of the engine", async () => {
    const budgets = async () => JSON.stringify(await ben.caller.ask("pacing.show", MONTH));
    expect(await budgets()).not.toContain("1234");
    await anna.caller.ask("pacing.setBudgets", { ...MONTH, budgets: [{ channel: "Search", amount: "1234" }] });
    expect(await budgets()).toContain("1234");
  });

  test("who was erased is gone at once from the paths of people", async () => {
    await load("touchpoints", TOUCHES, "t3,2026-03-09T12:00:00Z,v3,Social,spring,click");
    await load("conversions", BOOKINGS, "c3,2026-03-10T12:00:00Z,v3,purchase,70,EUR");
    const paths = async () => JSON.stringify(await ben.caller.ask("journeys.paths", { range: SCOPE.range }));
    expect(await paths()).toContain("Social");
    await anna.caller.ask("privacy.erase", { identifier: "v3" });
    expect(await paths()).not.toContain("Social");
  });
});

describe("events that keep arriving", () => {
  test("show in results once pages have come so far, and in what counts them one by one without being asked for twice", async () => {
    const { key } = (await people.world.json("keys", "create", "live", "--workspace", WORKSPACE)) as { key: string };
    const { pace } = await people.world.house.workspace(WORKSPACE);
    pace.hold();
    const [before, rows] = [await revenue(), await rowsOf()];
    const arriving = { ...conversion("arriving"), occurred_at: "2026-03-10T13:00:00Z", revenue: "30" };
    const door = { url: people.nobody().url, key };
    expect(await send(door, "conversions", [arriving])).toMatchObject({ status: 202 });
    expect(await revenue()).toBe(before);
    await expect.poll(async () => (await rowsOf()).conversions, { timeout: 60_000 }).toBe(rows.conversions + 1);
    expect(await revenue()).toBe(before);
    pace.arrive(Date.now() + 60_000);
    expect(await revenue()).toBe(before + 30);
    pace.release();
  });
});

describe("an answer that is kept opens no door", () => {
  test("who is no member gets nothing of it, and neither does who was one a moment ago", async () => {
    expect(await revenue(anna)).toBeGreaterThan(0);
    const stranger = await people.person("Stella", { elsewhere: "owner" });
    const asked = { workspace: WORKSPACE };
    expect((await stranger.caller.call("performance.overview", SCOPE, asked)).code).toBe("NOT_FOUND");
    const guest = await people.person("Gus", { [WORKSPACE]: "viewer" });
    expect((await guest.caller.call("performance.overview", SCOPE)).code).toBe(null);
    await anna.caller.ask("team.remove", { userId: guest.id });
    expect((await guest.caller.call("performance.overview", SCOPE)).code).toBe("NOT_FOUND");
  });

  test("a session that was ended elsewhere gets nothing of it", async () => {
    const other = people.nobody({ workspace: WORKSPACE });
    await other.ask("account.signIn", { email: ben.email, password: "seven quiet harbours" });
    expect((await other.call("performance.overview", SCOPE)).code).toBe(null);
    await ben.caller.ask("account.revokeOtherSessions");
    expect((await other.call("performance.overview", SCOPE)).code).toBe("UNAUTHORIZED");
  });
});

describe("the store of answers", () => {
  const mark = (ground: string, { flow = "", age = 0, at = 0 } = {}) => ({ ground, flow, age, at, lagMs: 100 });
  const M = mark("m");
  const never = () => Promise.reject(new Error("it was worked out again"));

  test("twenty who ask at once are answered by one work", async () => {
    const answers = new KeptAnswers();
    let times = 0;
    const work = async () => {
      times++;
      await new Promise((done) => setTimeout(done, 10));
      return "answer";
    };
    const all = await Promise.all(Array.from({ length: 20 }, () => answers.find("q", M, work)));
    expect([new Set(all), times]).toEqual([new Set(["answer"]), 1]);
    expect(await answers.find("q", M, never)).toBe("answer");
  });

  test("what it stands on has changed: it is worked out again, also while the old one is under way", async () => {
    const answers = new KeptAnswers();
    const slow = answers.find("q", mark("before"), () => new Promise((done) => setTimeout(() => done("old"), 20)));
    expect(await answers.find("q", mark("after"), async () => "new")).toBe("new");
    await slow;
    expect(await answers.find("q", mark("after"), async () => "newer")).not.toBe("old");
  });

  test("while events flow in or time passes it is shown for a while longer and renewed, and then no more", async () => {
    const answers = new KeptAnswers();
    let renewals = 0;
    const shown = (of: ReturnType<typeof mark>) => answers.shown("q", of, () => renewals++)?.value;
    expect(shown(M)).toBe(undefined);
    await answers.find("q", mark("m", { flow: "7", age: 7 }), async () => "seven");
    expect([shown(mark("m", { flow: "7", age: 7, at: 60 })), renewals]).toEqual(["seven", 0]);
    expect([shown(mark("m", { flow: "8", age: 7, at: 60 })), renewals]).toEqual(["seven", 1]);
    expect([shown(mark("m", { flow: "7", age: 8, at: 60 })), renewals]).toEqual(["seven", 2]);
    expect([shown(mark("m", { flow: "8", age: 8, at: 101 })), renewals]).toEqual([undefined, 2]);
    expect([shown(mark("n", { flow: "7", age: 7 })), renewals]).toEqual([undefined, 2]);
  });

  test("what took a second to work out is shown for twenty seconds, and what took minutes for a quarter of an hour", () => {
    const answers = new KeptAnswers();
    const shown = (at: number) => answers.shown("q", mark("m", { flow: "8", at }), () => undefined)?.value;
    const tookMs = (ms: number) => answerOf(M, `took ${ms}`, performance.now() - ms);
    answers.take("q", tookMs(1_000));
    expect([shown(20_000), shown(30_000)]).toEqual(["took 1000", undefined]);
    answers.take("q", tookMs(120_000));
    expect([shown(900_000), shown(900_001)]).toEqual(["took 120000", undefined]);
  });

  test("an older answer never takes the place of a newer one", () => {
    const answers = new KeptAnswers();
    answers.take("q", answerOf(mark("new", { at: 2 }), "new", performance.now()));
    answers.take("q", answerOf(mark("old", { at: 1 }), "old", performance.now()));
    expect(answers.has("q", mark("new"))).toBe(true);
    expect(answers.has("q", mark("old"))).toBe(false);
  });

  test("a failure is its asker's own, and is not kept", async () => {
    const answers = new KeptAnswers();
    const first = answers.find("q", M, async () => {
      throw new Error("too many questions of this person");
    });
    const second = answers.find("q", M, async () => "answer");
    await expect(first).rejects.toThrow("too many questions");
    expect(await second).toBe("answer");
  });

  test("there is a limit to what is kept: what was asked for longest ago goes", async () => {
    const answers = new KeptAnswers(100);
    for (const name of ["a", "b"]) await answers.find(name, M, async () => name.repeat(8));
    for (let n = 0; n < 12; n++) {
      await answers.find("a", M, never);
      await answers.find(`filler ${n}`, M, async () => "x".repeat(8));
    }
    await expect(answers.find("b", M, never)).rejects.toThrow("worked out again");
    expect(await answers.find("a", M, never)).toBe("aaaaaaaa");
    expect(answers.characters).toBeLessThanOrEqual(100);
  });
});
