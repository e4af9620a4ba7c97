import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { runCommandLine } from "@touchline/server/cli";
import { openHouse } from "@touchline/server/house";
import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { writeShop } from "../support/shop-with-runs.ts";

/** The process of a run dies in the middle: the next opening takes back what it has written, and the run can be computed again. */

const SCRIPT = fileURLToPath(new URL("../support/dying-process.ts", import.meta.url));
const RUN_TABLES = ["attribution_credit", "attribution_cells", "run_seeds", "run_statistics"];
const Page = z.object({ runs: z.array(z.object({ run: z.string(), state: z.string(), reason: z.string() })) });

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "touchline-runs-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

type Command = (...argv: string[]) => Promise<unknown>;

/** Opens a data folder for some commands that must succeed, as one process does, and puts it away. */
async function inHouse(
  data: string,
  work: (json: Command, rows: (sql: string) => Promise<unknown[]>) => Promise<void>,
): Promise<void> {
  const house = await openHouse({ dataFolder: data });
  const json: Command = async (...argv) => {
    let stdout = "";
    const refuse = () => Promise.reject(new Error("not here"));
    const io = {
      ...{ cwd: folder, isWatched: false, columns: 100, fileNames: {}, stderr: () => undefined },
      stdout: (text: string) => {
        stdout += text;
      },
    };
    const runtime = {
      io,
      serve: refuse,
      demo: refuse,
      withHouse: (_: string, then: (on: typeof house) => Promise<number>) => then(house),
    };
    expect(await runCommandLine([...argv, "--json"], runtime)).toBe(0);
    return JSON.parse(stdout);
  };
  try {
    const { engine } = (await house.workspace("default")).warehouse;
    await work(json, (sql) => engine.rows("test", sql));
  } finally {
    await house.close();
  }
}

test.each(["after credit-touches", "after keep-seeds", "after credit-by-cells"])(
  "killed %s: the run counts as interrupted, and its half written credit is gone",
  async (moment) => {
    const data = join(folder, moment.replaceAll(" ", "-"));
    const files = writeShop(folder);
    await inHouse(data, async (json) => {
      for (const [kind, path] of Object.entries(files)) await json("import", kind, path);
    });
    const { CLICKHOUSE_URL: _elsewhere, ...env } = process.env;
    const child = spawn(
      process.execPath,
      ["--import", "tsx", SCRIPT, data, moment, "run", "attribute", "--model", "markov"],
      { env, stdio: ["ignore", "ignore", "inherit"] },
    );
    expect(await once(child, "close")).toEqual([null, "SIGKILL"]);
    await inHouse(data, async (json, rows) => {
      const { runs } = Page.parse(await json("runs", "list"));
      expect(runs).toMatchObject([{ state: "interrupted", reason: "its process was stopped in the middle" }]);
      for (const table of RUN_TABLES) expect(await rows(`SELECT 1 FROM ${table} LIMIT 1`)).toEqual([]);
      const { run } = (await json("attribute", "--model", "markov")) as { run: string };
      expect(await json("runs", "repeat", run)).toMatchObject({ isSame: true, frozen: { verdict: "same" } });
    });
  },
);
