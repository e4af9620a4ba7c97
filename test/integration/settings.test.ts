import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openWorld, type World } from "../support/world.ts";

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

interface Settings {
  readonly settings: Readonly<Record<string, Readonly<Record<string, unknown>> | readonly string[]>>;
}

describe("settings", () => {
  test("are set part by part, shown in the form in which they are set, and taken away", async () => {
    const entries = ["books.purchase=shopify", "retention.dataMonths=24", "time-zones.meta-ads=America/Los_Angeles"];
    const set = [
      ...entries,
      "legal-basis.crm=contract",
      "health.late-events=0.5",
      "collector-origins=https://a.example",
    ];
    const { settings } = (await world.json("settings", ...set.flatMap((entry) => ["--set", entry]))) as Settings;
    expect(settings.books).toEqual({ purchase: "shopify" });
    expect(settings.retention).toEqual({ identifierMonths: 13, dataMonths: 24, rejectedDays: 90 });
    expect(settings["collector-origins"]).toEqual(["https://a.example"]);
    const { stdout } = await world.run("settings");
    for (const entry of set) expect(stdout).toContain(entry);
    const after = (await world.json("settings", "--set", "books.purchase=")) as Settings;
    expect(after.settings.books).toEqual({});
  });

  const wrong: [string, RegExp][] = [
    ["nonsense", /not of the form name=value/],
    ["colour=red", /there is no setting "colour"/],
    ["retention.identifierMonths=14", /retention\.identifierMonths is 13 at most/],
    ["retention.dataMonths=many", /"many" is not a number/],
    ["time-zones.x=Mars/Olympus", /is not a time zone/],
    ["legal-basis.x=because", /is not one of consent/],
    ["health.no-such-rule=1", /there is no rule "no-such-rule"/],
    ["collector-origins=shop.example", /is not an origin/],
    ["books=shopify", /write books\.PART=value/],
  ];
  test.each(wrong)("%s is refused with a sentence", async (entry, sentence) => {
    const { exitCode, stderr } = await world.run("settings", "--set", "retention.rejectedDays=30", "--set", entry);
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(sentence);
    expect(((await world.json("settings")) as Settings).settings.retention).not.toMatchObject({ rejectedDays: 30 });
  });
});

describe("books of record", () => {
  const HEADER = "conversion_id,occurred_at,visitor_id,conversion_type,revenue,currency,order_id,source";
  const booked = async (workspace: string) => {
    const report = await world.json("attribute", "--model", "last", "--workspace", workspace);
    return (report as { totals: { conversions: number; revenue: string } }).totals;
  };
  const shop =
    "k1,2026-03-01T10:00:00Z,ann,purchase,100,EUR,o1,shopify\nk2,2026-03-02T10:00:00Z,bob,purchase,50,EUR,o2,shopify";
  const platform =
    "g1,2026-03-01T10:00:00Z,ann,purchase,110,EUR,o1,ga4\ng3,2026-03-03T10:00:00Z,eve,purchase,70,EUR,o3,ga4";

  test("an order that two sources tell is booked once, and one that only the second tells is booked too", async () => {
    const workspace = "two";
    const files = [world.file("shop.csv", `${HEADER}\n${shop}\n`), world.file("ga4.csv", `${HEADER}\n${platform}\n`)];
    await world.json("import", "conversions", ...files, "--workspace", workspace);
    expect(await booked(workspace)).toEqual({ conversions: 3, revenue: "220" });
    await world.json("settings", "--set", "books.purchase=shopify", "--workspace", workspace);
    expect(await booked(workspace)).toEqual({ conversions: 2, revenue: "150" });
    await world.json("settings", "--set", "books.purchase=ga4", "--workspace", workspace);
    expect(await booked(workspace)).toEqual({ conversions: 2, revenue: "180" });
    await world.json("settings", "--set", "books.purchase=", "--workspace", workspace);
    expect(await booked(workspace)).toEqual({ conversions: 3, revenue: "220" });
  });

  test("what is imported after a book was named follows it", async () => {
    const workspace = "named";
    await world.json("settings", "--set", "books.purchase=shopify", "--workspace", workspace);
    const path = world.file("both.csv", `${HEADER}\n${platform}\n${shop}\n`);
    await world.json("import", "conversions", path, "--workspace", workspace);
    expect(await booked(workspace)).toEqual({ conversions: 2, revenue: "150" });
  });

  test("the same id from two sources is two rows and one order; neither takes the other's place", async () => {
    const rows =
      "k1,2026-03-01T10:00:00Z,ann,purchase,100,EUR,,shopify\nk1,2026-03-01T10:00:00Z,ann,purchase,90,EUR,,woocommerce";
    const { imports } = (await world.json(
      "import",
      "conversions",
      world.file("ids.csv", `${HEADER}\n${rows}\n`),
      "--workspace",
      "ids",
    )) as {
      imports: unknown[];
    };
    expect(imports).toMatchObject([{ stored: 2, duplicates: 0 }]);
    expect(await booked("ids")).toEqual({ conversions: 1, revenue: "100" });
    await world.json("settings", "--set", "books.purchase=woocommerce", "--workspace", "ids");
    expect(await booked("ids")).toEqual({ conversions: 1, revenue: "90" });
  });

  test("an order that one source tells twice under two ids is a duplicate", async () => {
    const again = "k9,2026-03-01T10:00:05Z,ann,purchase,100,EUR,o1,shopify";
    const path = world.file("again.csv", `${HEADER}\n${shop}\n${again}\n`);
    const { imports } = (await world.json("import", "conversions", path, "--workspace", "twice")) as {
      imports: { stored: number; duplicates: number }[];
    };
    expect(imports).toMatchObject([{ stored: 2, duplicates: 1 }]);
  });
});

describe("currencies", () => {
  const spend = (rows: string) => world.file("spend.csv", `date,channel,campaign,cost,currency\n${rows}\n`);
  const rates = (rows: string) => world.file("rates.csv", `date,currency,rate,base\n${rows}\n`);
  const costs = async (workspace: string) => {
    const { warehouse } = await world.house.workspace(workspace);
    return warehouse.engine.rows(
      "test",
      "SELECT campaign, toString(cost) AS cost, toString(original_cost) AS said, toString(original_currency) AS currency FROM spend FINAL WHERE workspace_id = {workspaceId:String} ORDER BY campaign",
      { workspaceId: workspace },
    );
  };

  test("are converted at the rate of the day, or the last one of the week before; without one the row is refused until there is one", async () => {
    const workspace = "rates";
    await world.json("settings", "--currency", "EUR", "--workspace", workspace);
    const file =
      "2026-03-06,Search,a,100,EUR\n2026-03-06,Search,b,108,USD\n2026-03-08,Search,c,108,USD\n2026-03-20,Search,d,108,USD\n2026-03-06,Search,e,86,GBP";
    const first = (await world.json("import", "spend", spend(file), "--workspace", workspace)) as {
      imports: unknown[];
    };
    expect(first.imports).toMatchObject([{ received: 5, stored: 1, rejected: 4 }]);
    await world.json(
      "import",
      "rates",
      rates("2026-03-06,USD,1.08,EUR\n2026-03-06,GBP,0.86,EUR"),
      "--workspace",
      workspace,
    );
    const second = (await world.json("import", "spend", spend(file), "--workspace", workspace)) as {
      imports: unknown[];
    };
    expect(second.imports).toMatchObject([{ unchanged: false, received: 5, stored: 3, duplicates: 1, rejected: 1 }]);
    expect(await costs(workspace)).toEqual([
      { campaign: "a", cost: "100", said: "100", currency: "EUR" },
      { campaign: "b", cost: "100", said: "108", currency: "USD" },
      { campaign: "c", cost: "100", said: "108", currency: "USD" },
      { campaign: "e", cost: "100", said: "86", currency: "GBP" },
    ]);
  });

  test("of a workspace that does not count in the base of the rates are crossed", async () => {
    const workspace = "dollars";
    await world.json("settings", "--currency", "USD", "--workspace", workspace);
    await world.json(
      "import",
      "rates",
      rates("2026-03-06,USD,1.08,EUR\n2026-03-06,GBP,0.864,EUR"),
      "--workspace",
      workspace,
    );
    await world.json(
      "import",
      "spend",
      spend("2026-03-06,Search,a,100,EUR\n2026-03-06,Search,b,80,GBP"),
      "--workspace",
      workspace,
    );
    expect(await costs(workspace)).toMatchObject([
      { campaign: "a", cost: "108" },
      { campaign: "b", cost: "100" },
    ]);
  });
});
