import { readFileSync } from "node:fs";
import { readSheet } from "read-excel-file/node";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { HANDS } from "../hands.ts";
import { card } from "../page-world.ts";
import { attribution, inWholes, LAST_WEEK, openTaskWorld, plain, revenueOf, type TaskWorld } from "./task-world.ts";

/** What somebody keeps of a page: a view for the others, a file, a note beside a day. */
let tasks: TaskWorld;
beforeAll(async () => {
  tasks = await openTaskWorld();
});
afterAll(() => tasks?.close());

const TABLE = "Channels, campaigns, creatives";

describe.each(HANDS)("%s", (how, handsOn) => {
  test("somebody saves and shares a view, and another member opens it", async () => {
    const name = `Linear, ${how}`;
    const page = await tasks.open("/performance?days=previousWeek&model=linear");
    const hands = handsOn(page);
    await hands.press(page.getByRole("button", { name: "Saved views" }));
    await hands.write(page.getByRole("textbox", { name: "Save this page: Name" }), name);
    await hands.press(page.getByRole("button", { name: "Save", exact: true }));
    await page.getByText(`“${name}” is saved.`).waitFor();
    await hands.press(page.getByRole("button", { name: `More about “${name}”` }));
    await hands.tick(page.getByRole("checkbox", { name: "Share with the workspace" }));
    const shared = async () =>
      (await tasks.buyer.ask<{ views: { name: string; id: string }[] }>("views.list")).views.find(
        (view) => view.name === name,
      );
    await expect.poll(shared).toBeDefined();
    await page.context().close();

    const theirs = await tasks.open("/", { who: tasks.buyer });
    const their = handsOn(theirs);
    await their.press(theirs.getByRole("button", { name: "Saved views" }));
    await their.press(theirs.getByRole("link", { name: new RegExp(name) }));
    await expect.poll(() => theirs.url()).toMatch(/\/performance\?.*days=previousWeek.*model=linear/);
    const { totals } = await attribution(tasks, "linear", LAST_WEEK);
    await expect
      .poll(async () => plain(await theirs.getByRole("region", { name: "Key figures" }).textContent()))
      .toContain(inWholes(totals.revenue));
    await theirs.goto(theirs.url().replace(/\/performance.*/, `/view/${(await shared())!.id}`));
    await expect.poll(() => theirs.url()).toMatch(/\/performance\?.*model=linear/);
    await theirs.context().close();
  });

  test.each(["CSV", "Excel"])("somebody takes a table away as %s, with the page's figures in it", async (format) => {
    const linear = await attribution(tasks, "linear", LAST_WEEK);
    const page = await tasks.open("/performance?days=previousWeek&model=linear");
    const hands = handsOn(page);
    await hands.press(page.getByRole("button", { name: `Export “${TABLE}”` }));
    const download = page.waitForEvent("download");
    await hands.press(page.getByRole("button", { name: new RegExp(`^${format}`) }).first());
    const file = await (await download).path();
    const rows =
      format === "CSV"
        ? readFileSync(file, "utf8")
            .trim()
            .split(/\r?\n/)
            .map((line) => line.replaceAll('"', "").split(/[;,\t]/))
        : (await readSheet(file)).map((row) => row.map(String));
    for (const channel of ["Paid Search", "Display"]) {
      const row = rows.find((cells) => cells.includes(channel));
      const figures = (row ?? []).map(Number);
      expect(figures, `${channel} in ${JSON.stringify(row)}`).toContain(revenueOf(linear, channel));
    }
    await page.context().close();
  });

  test("somebody writes a note beside a day, and it stands there for everybody", async () => {
    const text = `Shop closed at noon, ${how}`;
    const page = await tasks.open("/performance?days=previousWeek");
    const hands = handsOn(page);
    await hands.press(card(page, "By day").getByRole("button", { name: "Annotate" }));
    const drawer = page.getByRole("dialog");
    await hands.writeDay(drawer.getByLabel("First day"), "2026-10-21");
    await hands.writeDay(drawer.getByLabel("Last day"), "2026-10-22");
    await hands.write(drawer.getByLabel("What happened"), text);
    await hands.press(drawer.getByRole("button", { name: "Save annotation" }));
    await drawer.getByText(/The annotation stands beside/).waitFor();
    const { annotations } = await tasks.buyer.ask<{ annotations: { text?: string; from: string; to: string }[] }>(
      "annotations.list",
      { range: LAST_WEEK },
    );
    const kept = annotations.find((each) => each.text === text);
    expect(kept).toMatchObject({ from: "2026-10-21", to: "2026-10-22" });
    await page.context().close();
    const theirs = await tasks.open("/performance?days=previousWeek", { who: tasks.buyer });
    await handsOn(theirs).press(card(theirs, "By day").getByRole("button", { name: "Annotate" }));
    await theirs.getByRole("dialog").getByText(text).waitFor();
    await theirs.context().close();
  });
});
