import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { UserError } from "../user-error.ts";
import { type ConfigurationFile, readConfigurationFile } from "./file.ts";
import { LOG_LEVELS, SETTINGS, type Setting, USUAL_STOP_SECONDS } from "./settings.ts";

export type Environment = Readonly<Record<string, string | undefined>>;

const FILE_NAME = "touchline.json";

let file: ConfigurationFile | null = null;

const isSaid = (value: string | undefined): boolean => (value?.trim() ?? "") !== "";
const namesOf = ({ variable, isSecret }: Setting): string[] => (isSecret ? [variable, `${variable}_FILE`] : [variable]);

/** What holds for this process: its environment, and where that says nothing, the configuration file. */
export function environment(own: Environment = process.env): Environment {
  if (file === null) return own;
  const merged: Record<string, string | undefined> = { ...own };
  for (const setting of SETTINGS) {
    const names = namesOf(setting);
    if (names.some((name) => isSaid(own[name]))) continue;
    for (const name of names) if (file.values[name] !== undefined) merged[name] = file.values[name];
  }
  return merged;
}

/** What the words of a command line say about where to look. */
function saidOption(argv: readonly string[], option: string): string | undefined {
  const at = argv.findIndex((word) => word === option || word.startsWith(`${option}=`));
  if (at < 0) return undefined;
  return argv[at] === option ? argv[at + 1] : argv[at]!.slice(option.length + 1);
}

/**
 * Reads the configuration file of a command: the one of `--config`, of TOUCHLINE_CONFIG, or touchline.json in its data folder.
 * @throws UserError where it is named and missing, or something in it is wrong
 */
export function openConfiguration(argv: readonly string[], cwd: string, own: Environment = process.env): void {
  const named = saidOption(argv, "--config") ?? (own.TOUCHLINE_CONFIG?.trim() || undefined);
  const inFolder = join(saidOption(argv, "--data") ?? "./data", FILE_NAME);
  const path = resolve(cwd, named ?? inFolder);
  file = named !== undefined || existsSync(path) ? readConfigurationFile(path) : null;
}

/** The file that was read; null where there is none. */
export function configurationPath(): string | null {
  return file?.path ?? null;
}

export interface SaidSetting {
  readonly variable: string;
  readonly key: string | null;
  /** Never the value of a secret. */
  readonly value: string;
  readonly from: "file" | "environment" | "default";
}

/** What is set, and where that was said. Secrets are said to be set, and no more. */
export function saidSettings(own: Environment = process.env): SaidSetting[] {
  return SETTINGS.map((setting) => {
    const { key, variable, usually, isSecret } = setting;
    const names = namesOf(setting);
    const there = names.find((name) => isSaid(own[name]));
    const inFile = names.find((name) => file?.values[name] !== undefined);
    const value = there !== undefined ? own[there]! : inFile !== undefined ? file!.values[inFile]! : usually;
    const from = there !== undefined ? "environment" : inFile !== undefined ? "file" : "default";
    const isShown = !isSecret || from === "default" || (there ?? inFile)!.endsWith("_FILE");
    return { key, variable, value: isShown ? value : "(set, not shown)", from };
  });
}

/**
 * How long a server that was told to stop lets work end, in seconds.
 * @throws UserError when it is no number from 1 to 3600
 */
export function stopSeconds(said: Environment = environment()): number {
  const text = said.TOUCHLINE_STOP_SECONDS?.trim() || String(USUAL_STOP_SECONDS);
  const seconds = Number(text);
  if (!/^\d+$/.test(text) || seconds < 1 || seconds > 3_600)
    throw new UserError(`TOUCHLINE_STOP_SECONDS is ${text}: write whole seconds from 1 to 3600`, { exitCode: 2 });
  return seconds;
}

/** What the log writes from; an unknown word counts as `info`, because whoever cannot see the log cannot see why either. */
export function logLevel(said: Environment = environment()): (typeof LOG_LEVELS)[number] {
  return LOG_LEVELS.find((level) => level === said.TOUCHLINE_LOG_LEVEL?.trim()) ?? "info";
}

/** A sentence for each variable of the environment that nothing reads, or that holds what it cannot. */
export function environmentProblems(own: Environment = process.env): string[] {
  const known = new Set(SETTINGS.flatMap(namesOf));
  const unknown = Object.keys(own)
    .filter((name) => name.startsWith("TOUCHLINE_") && !known.has(name))
    .map(
      (name) => `${name} is set in the environment and nothing reads it: touchline config schema lists what can be set`,
    );
  const wrong: string[] = [];
  for (const { variable, shape, isSecret } of SETTINGS) {
    const text = own[variable]?.trim() ?? "";
    if (text === "" || isSecret) continue;
    const candidates = [text, Number(text), ...(text === "1" ? [true] : text === "0" ? [false] : [])];
    if (!candidates.some((value) => shape.safeParse(value).success))
      wrong.push(
        `${variable} in the environment is ${JSON.stringify(text)}: ${shape.safeParse(text).error?.issues[0]?.message}`,
      );
  }
  return [...unknown, ...wrong];
}
