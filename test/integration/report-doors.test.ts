import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { queueDueReports } from "../../server/src/reports/mail/keep-report-mails.ts";
import { openPeopleWorld, type PeopleWorld, type Person } from "../support/people-world.ts";

let people: PeopleWorld;
let owner: Person;
let stranger: Person;

const TOUCHES = [
  "event_id,occurred_at,visitor_id,channel,campaign,interaction",
  ...Array.from({ length: 40 }, (_, at) => {
    const day = String((at % 28) + 1).padStart(2, "0");
    return `t${at},2026-09-${day}T09:00:00Z,v${at},${at % 3 === 0 ? "Radio" : "Search"},brand,click`;
  }),
];
const SALES = [
  "conversion_id,occurred_at,visitor_id,conversion_type,revenue,currency",
  ...Array.from({ length: 40 }, (_, at) => {
    const day = String((at % 28) + 1).padStart(2, "0");
    return `c${at},2026-09-${day}T10:00:00Z,v${at},purchase,${20 + at}.35,EUR`;
  }),
];
const SPEND = [
  "date,channel,campaign,cost,currency",
  ...Array.from({ length: 56 }, (_, at) => {
    const day = String(Math.floor(at / 2) + 1).padStart(2, "0");
    return `2026-09-${day},${at % 2 === 0 ? "Search" : "Radio"},brand,${7 + at}.15,EUR`;
  }),
];

beforeAll(async () => {
  people = await openPeopleWorld();
  const { world } = people;
  for (const [kind, lines] of [
    ["touchpoints", TOUCHES],
    ["conversions", SALES],
    ["spend", SPEND],
  ] as const)
    await world.json("import", kind, world.file(`${kind}.csv`, `${lines.join("\n")}\n`), "--workspace", "north");
  owner = await people.person("Nora North", { north: "owner" });
  stranger = await people.person("Sam South", { south: "owner" });
});
afterAll(() => people?.close());

const DAYS = "from=2026-09-01&to=2026-09-28&compare=none";
const cookieOf = ({ caller }: Person) => [...caller.cookies].map(([name, value]) => `${name}=${value}`).join("; ");
const get = (path: string, headers: Record<string, string> = {}) => fetch(`${people.url}${path}`, { headers });
const keyOf = async (person: Person, scopes: readonly string[]) =>
  (await person.caller.ask<{ key: string }>("keys.create", { name: "machine", scopes })).key;

describe("a report that is downloaded", () => {
  const path = (format: string, query = DAYS) => `/export/north/reports/roi.${format}?${query}`;

  test("is handed to members and to nobody else", async () => {
    for (const address of [path("csv"), "/export/north/reports/closed/2026-09.pdf"]) {
      expect((await get(address)).status).toBe(401);
      expect((await get(address, { cookie: cookieOf(stranger) })).status).toBe(404);
    }
  });

  test("has a name, a type, and a print of what it says in every format", async () => {
    const types = { csv: "text/csv", xlsx: "application/vnd.openxml", pdf: "application/pdf" };
    for (const [format, type] of Object.entries(types)) {
      const answer = await get(path(format), { cookie: cookieOf(owner) });
      expect({ format, status: answer.status }).toEqual({ format, status: 200 });
      expect(answer.headers.get("content-type")?.startsWith(type)).toBe(true);
      expect(answer.headers.get("content-disposition")).toBe(
        `attachment; filename="roi_north_2026-09-01_2026-09-28.${format}"`,
      );
      expect(answer.headers.get("etag")).toMatch(/^W\/"[0-9a-f]{32}"$/);
      expect(answer.headers.get("cache-control")).toBe("no-store");
      expect((await answer.arrayBuffer()).byteLength).toBeGreaterThan(1_000);
    }
  });

  test("says in a sentence what it cannot read", async () => {
    const said = async (address: string) => {
      const answer = await get(address, { cookie: cookieOf(owner) });
      return [answer.status, await answer.text()];
    };
    expect(await said(path("csv", ""))).toEqual([
      400,
      "say which days the report is of: ?from=2026-10-01&to=2026-10-31\n",
    ]);
    expect(await said(path("csv", "from=2026-09-28&to=2026-09-01"))).toEqual([
      400,
      "the days: the first day lies after the last one\n",
    ]);
    expect((await said(path("csv", `${DAYS}&level=shop`)))[1]).toMatch(/^level: /);
    expect((await said(path("csv", `${DAYS}&locale=de`)))[1]).toMatch(/^locale: /);
    expect((await said("/export/north/reports/closed/2026-09.pdf"))[0]).toBe(400);
    expect((await said("/export/north/reports/closed/september.pdf"))[0]).toBe(400);
  });
});

describe("a machine that asks for a report", () => {
  const ask = (key: string, query = `${DAYS}&format=json`) =>
    get(`/v1/reports/roi?${query}`, { authorization: `Bearer ${key}`, "x-workspace": "north" });

  test("gets that of the workspace of its key, whichever it names", async () => {
    const answer = await ask(await keyOf(owner, ["reports:read"]));
    expect(answer.status).toBe(200);
    expect(answer.headers.get("content-disposition")).toBeNull();
    expect(await answer.json()).toMatchObject({ workspace: "north", currency: "EUR" });
    const other = await ask(await keyOf(stranger, ["reports:read"]));
    expect(JSON.stringify(await other.json())).not.toContain("Search");
  });

  test("that has what it says already gets none, until something changes", async () => {
    const authorization = `Bearer ${await keyOf(owner, ["reports:read"])}`;
    const again = (tag: string, query: string) =>
      get(`/v1/reports/roi?${query}`, { authorization, "if-none-match": tag });
    const tags = new Set<string>();
    for (const format of ["json", "csv", "pdf", "pdf&locale=fr"]) {
      const query = `${DAYS}&format=${format}`;
      const tag = (await again("", query)).headers.get("etag")!;
      const unchanged = await again(tag, query);
      expect([unchanged.status, await unchanged.text(), unchanged.headers.get("etag")]).toEqual([304, "", tag]);
      tags.add(tag);
    }
    expect(tags.size).toBe(4);
    const [tag] = [...tags];
    const { world } = people;
    const late = world.file("more-spend.csv", `${SPEND[0]}\n2026-09-09,Press,brand,12.50,EUR\n`);
    await world.json("import", "spend", late, "--workspace", "north");
    expect((await again(tag!, `${DAYS}&format=json`)).status).toBe(200);
  });

  test("needs a key with the scope, and asks for a format that there is", async () => {
    expect((await get(`/v1/reports/roi?${DAYS}`)).status).toBe(401);
    expect((await ask(await keyOf(owner, ["ingest", "rebalance"]))).status).toBe(403);
    const answer = await ask(await keyOf(owner, ["reports:read"]), `${DAYS}&format=doc`);
    expect([answer.status, await answer.json()]).toEqual([400, { error: "format: one of json, csv, xlsx, pdf" }]);
  });
});

describe("a report by mail", () => {
  const schedule = {
    ...{ name: "Monthly", every: "month", day: 2, hour: 7, level: "channel", formats: ["csv", "pdf"], locale: "fr" },
    recipients: ["finance@shop.example", "board@shop.example"],
  };
  interface Body {
    readonly title: string;
    readonly attachments: readonly { readonly name: string }[];
  }
  const queued = async () => {
    const asked = "SELECT target, body FROM deliveries WHERE event = 'report.ready' ORDER BY target";
    const rows = await people.rows<{ target: string; body: string }>(asked);
    return rows.map(({ target, body }) => ({ target, body: JSON.parse(body) as Body }));
  };
  const look = (now: string) =>
    queueDueReports(people.world.house, { now: new Date(now), failed: new Map(), isStopping: () => false });

  test("is queued once a period, however many servers look, and not for what fell due before it was set up", async () => {
    const { id } = await owner.caller.ask<{ id: string }>("reports.addSchedule", schedule);
    await people.rows(`UPDATE report_schedules SET created_at = '2026-09-15T00:00:00Z' WHERE id = '${id}'`);
    expect(await look("2026-10-02T06:59:00Z")).toBe(0);
    const counts = await Promise.all([look("2026-10-02T07:00:30Z"), look("2026-10-02T07:00:31Z")]);
    expect(counts.sort()).toEqual([0, 1]);
    expect(await look("2026-10-03T12:00:00Z")).toBe(0);
    const mails = await queued();
    expect(mails.map(({ target }) => target)).toEqual(["board@shop.example", "finance@shop.example"]);
    expect(mails[0]!.body.title).toMatch(/^Rapport de ROI – north, 1er – 30\s?septembre 2026$/u);
    expect(mails[0]!.body.attachments.map(({ name }) => name)).toEqual([
      "roi_north_2026-09-01_2026-09-30.csv",
      "roi_north_2026-09-01_2026-09-30.pdf",
    ]);
  });

  test("that was missed for long is not made up for", async () => {
    expect(await look("2026-11-09T07:00:00Z")).toBe(0);
  });

  test("is set up by who may, for days that there are", async () => {
    const viewer = await people.person("Vera Viewer", { north: "viewer" });
    expect((await viewer.caller.call("reports.addSchedule", schedule)).code).toBe("FORBIDDEN");
    const week = { ...schedule, every: "week", day: 9 };
    expect((await owner.caller.call("reports.addSchedule", week)).code).toBe("BAD_REQUEST");
  });
});
