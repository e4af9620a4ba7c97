import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type House, openHouse } from "../house/index.ts";
import { runChannels, runSetChannels, runTestChannel } from "./channels-command.ts";

let folder: string;
let house: House;
let output = "";
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "touchline-channels-"));
  house = await openHouse({ dataFolder: join(folder, "data") });
});
afterAll(async () => {
  await house.close();
  rmSync(folder, { recursive: true, force: true });
});

const OPTIONS = { workspace: "default", json: false };
const io = () => {
  output = "";
  return {
    cwd: folder,
    stdout: (text: string) => {
      output += text;
    },
    stderr: () => undefined,
    isWatched: false,
    columns: 100,
    fileNames: {},
  };
};
async function setRules(content: string, workspace = "default"): Promise<string> {
  writeFileSync(join(folder, "rules.json"), content);
  return runSetChannels(house, "rules.json", { ...OPTIONS, workspace }, io()).then(
    () => output,
    (error: Error) => error.message,
  );
}

test("the default rules are printed, taken back as printed, and say by which rule a channel came", async () => {
  await runChannels(house, { ...OPTIONS, workspace: "printed", json: true }, io());
  expect(JSON.parse(output)).toMatchObject({ workspace: "printed", default: true });
  expect(await setRules(output, "printed")).toMatch(/^46 rules name the channels of workspace printed from now on/);
  await runTestChannel(house, { ...OPTIONS, workspace: "printed", source: "google", medium: "cpc" }, io());
  expect(output).toMatch(/^Paid Search \(rule 7: medium matches .*, and source is one of the search engines\)\n$/);
});

test("own rules hold in their workspace and in no other", async () => {
  await setRules('[{ "channel": "QR", "all": [{ "part": "medium", "is": ["QR"] }] }]');
  const flyer = { source: "flyer", medium: "qr" };
  await runTestChannel(house, { ...OPTIONS, ...flyer, json: true }, io());
  expect(JSON.parse(output)).toMatchObject({ channel: "QR", rule: 1 });
  await runTestChannel(house, { ...OPTIONS, ...flyer, workspace: "another" }, io());
  expect(output).toBe("Unassigned (no rule speaks of it)\n");
});

test.each([
  ["{", /^rules\.json cannot be read as JSON: /],
  ['[{ "channel": "X", "all": [] }]', /^rules\.json: rule 1, all: /],
  ['[{ "channel": "X", "all": [{ "part": "medium" }] }]', /^rules\.json: rule 1, condition 1: say exactly one of /],
  [
    '[{ "channel": "X", "all": [{ "part": "medium", "matches": "(?=x)" }] }]',
    /^rules\.json: rule 1: "\(\?=x\)" is not an expression that can be used \(invalid perl operator: \(\?=\)/,
  ],
])("rules that cannot hold (%s) are refused with their place, and the old ones stay", async (content, sentence) => {
  await runChannels(house, OPTIONS, io());
  const before = output;
  expect(await setRules(content)).toMatch(sentence);
  await runChannels(house, OPTIONS, io());
  expect(output).toBe(before);
});
