import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { SETTINGS } from "../../server/src/configuration/index.ts";
import { runTouchline } from "../support/process.ts";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "touchline-configuration-"));
  mkdirSync(join(folder, "data"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const check = (config: unknown, env: Record<string, string> = {}) => {
  writeFileSync(join(folder, "data", "touchline.json"), typeof config === "string" ? config : JSON.stringify(config));
  return runTouchline(["config", "check", "--json"], { cwd: folder, env });
};

test("the environment wins over the file, the file over the default, and secrets are never printed", async () => {
  writeFileSync(join(folder, "data", "smtp"), "smtps://ann:from-a-vault@mail.example.com:465\n");
  const file = { stopSeconds: 7, logLevel: "warn", smtpUrlFile: "smtp", trustProxy: true };
  const env = { TOUCHLINE_LOG_LEVEL: "error", DATABASE_URL: "postgres://ann:in-the-open@localhost/x" };
  const { exitCode, stdout, stderr } = await check(file, env);
  expect([exitCode, stderr]).toEqual([0, ""]);
  const { settings } = JSON.parse(stdout) as { settings: { variable: string; value: string; from: string }[] };
  const said = (name: string) => {
    const { value, from } = settings.find(({ variable }) => variable === name)!;
    return [value, from];
  };
  expect(said("TOUCHLINE_LOG_LEVEL")).toEqual(["error", "environment"]);
  expect(said("TOUCHLINE_STOP_SECONDS")).toEqual(["7", "file"]);
  expect(said("TOUCHLINE_TRUST_PROXY")).toEqual(["1", "file"]);
  expect(said("MAIL_FROM")[1]).toBe("default");
  expect(said("SMTP_URL")).toEqual([join(folder, "data", "smtp"), "file"]);
  expect(said("DATABASE_URL")).toEqual(["(set, not shown)", "environment"]);
  expect(stdout).not.toMatch(/from-a-vault|in-the-open/);
});

test.each([
  [{ stopSecond: 7 }, {}, /touchline\.json: "stopSecond" is not known here/],
  [{ stopSeconds: "soon" }, {}, /touchline\.json, at stopSeconds: /],
  ['{ "url": ', {}, /touchline\.json is no JSON: /],
  [{ smtpUrlFile: "missing" }, {}, /SMTP_URL_FILE: \S+missing cannot be read/],
  [{}, { TOUCHLINE_STOP_SECONDS: "soon" }, /TOUCHLINE_STOP_SECONDS in the environment is \\?"soon/],
  [{}, { TOUCHLINE_STOPSECONDS: "3" }, /TOUCHLINE_STOPSECONDS is set in the environment and nothing reads it/],
] as const)("%j with %j is refused by a sentence with its place", async (config, env, sentence) => {
  const { exitCode, stdout, stderr } = await check(config, env);
  expect(exitCode).toBe(2);
  expect(stdout + stderr).toMatch(sentence);
});

test("a file that --config names has to be there", async () => {
  const { exitCode, stderr } = await runTouchline(["config", "check", "--config", "nowhere.json"], { cwd: folder });
  expect([exitCode, stderr]).toEqual([2, expect.stringMatching(/nowhere\.json cannot be read/)]);
});

test("there are fewer than 20 variables, and the manual has the table of them", () => {
  expect(SETTINGS.length).toBeLessThan(20);
  const manual = readFileSync(new URL("../../docs/operations.md", import.meta.url), "utf8");
  const cells = ({ variable, key, isSecret, usually, means }: (typeof SETTINGS)[number]) =>
    `| \`${variable}\`${isSecret ? " or `_FILE`" : ""} | ${key === null ? "" : `\`${key}\``} | ${usually} | ${means} |`;
  const tableRows = manual
    .split("\n")
    .filter((line) => SETTINGS.some((each) => line.startsWith(`| \`${each.variable}\``)));
  expect(tableRows).toEqual(SETTINGS.map(cells));
});

test("nothing but the configuration reads the environment", () => {
  const source = new URL("../../server/src/", import.meta.url);
  const files = readdirSync(source, { recursive: true, encoding: "utf8" }).filter(
    (name) => /\.(ts|mjs)$/.test(name) && !name.endsWith(".test.ts") && !name.startsWith("configuration"),
  );
  expect(files.length).toBeGreaterThan(300);
  expect(files.filter((name) => readFileSync(new URL(name, source), "utf8").includes("process.env"))).toEqual([]);
});
