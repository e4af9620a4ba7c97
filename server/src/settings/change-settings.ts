import { rebookConversions } from "@touchline/sql";
import type { z } from "zod";
import {
  HEALTH_RULES,
  isHealthThreshold,
  LegalBasis,
  WORKSPACE_SETTINGS,
  type WorkspaceSettingName,
} from "../contract/index.ts";
import { UserError } from "../user-error.ts";
import type { Workspace } from "../workspace.ts";

function wrong(message: string): UserError {
  return new UserError(`--set: ${message}`, { exitCode: 2 });
}

/** The settings that a line of the command can change: `name.part=text`, or `name=text` for a list. */
const NAMES = (Object.keys(WORKSPACE_SETTINGS) as WorkspaceSettingName[]).filter(
  (name) => name !== "channel-rules" && name !== "file-mappings",
);

function splitAssignment(entry: string): { name: WorkspaceSettingName; part: string; text: string } {
  const at = entry.indexOf("=");
  if (at < 1) throw wrong(`"${entry}" is not of the form name=value`);
  const path = entry.slice(0, at).trim();
  const name = NAMES.find((known) => path === known || path.startsWith(`${known}.`));
  if (name === undefined) throw wrong(`there is no setting "${path}"; there are ${NAMES.join(", ")}`);
  return { name, part: path.slice(name.length + 1), text: entry.slice(at + 1).trim() };
}

function requireZone(zone: string): string {
  try {
    return new Intl.DateTimeFormat("en", { timeZone: zone }).resolvedOptions().timeZone;
  } catch {
    throw wrong(`"${zone}" is not a time zone such as Europe/Paris`);
  }
}

/** The setting with one part changed; an empty text takes the part away. */
function changed(name: WorkspaceSettingName, before: unknown, part: string, text: string): unknown {
  if (name === "collector-origins")
    return text === "" ? [] : text.split(",").map((origin) => requireOrigin(origin.trim()));
  if (part === "") throw wrong(`${name} has parts: write ${name}.PART=value`);
  const { [part]: _, ...others } = before as Record<string, unknown>;
  if (text === "" && name !== "retention" && name !== "identity") return others;
  return { ...others, [part]: partOf(name, part, text) };
}

function requireOrigin(origin: string): string {
  if (origin === "*" || (URL.canParse(origin) && new URL(origin).origin === origin)) return origin;
  throw wrong(`"${origin}" is not an origin such as https://shop.example`);
}

function partOf(name: WorkspaceSettingName, part: string, text: string): unknown {
  switch (name) {
    case "time-zones":
      return requireZone(text);
    case "legal-basis": {
      const basis = LegalBasis.safeParse(text);
      if (!basis.success) throw wrong(`"${text}" is not one of ${LegalBasis.options.join(", ")}`);
      return basis.data;
    }
    case "books":
      return text;
    case "health":
      if (!isHealthThreshold(part))
        throw wrong(`there is no rule "${part}"; there are ${[...Object.keys(HEALTH_RULES), "late-hours"].join(", ")}`);
      return requireNumber(text);
    case "retention":
    case "identity":
      requirePart(name, part);
      return requireNumber(text);
    default:
      return requireNumber(text);
  }
}

/** What these settings do not know would be dropped without a word. */
function requirePart(name: "retention" | "identity", part: string): void {
  const parts = Object.keys(WORKSPACE_SETTINGS[name].parse(undefined));
  if (!parts.includes(part)) throw wrong(`${name} has no "${part}"; it has ${parts.join(", ")}`);
}

function requireNumber(text: string): number {
  const number = text === "" ? Number.NaN : Number(text);
  if (!Number.isFinite(number)) throw wrong(`"${text}" is not a number`);
  return number;
}

function whatIsWrong(name: WorkspaceSettingName, issue: z.core.$ZodIssue): string {
  const place = [name, ...issue.path].join(".");
  if (issue.code === "too_big") return `${place} is ${issue.maximum} at most`;
  if (issue.code === "too_small") return `${place} is ${issue.minimum} at least`;
  if (issue.code === "invalid_type" && issue.expected === "int") return `${place} is a whole number`;
  return `${place}: ${issue.message}`;
}

/**
 * Changes settings: each entry is `name.part=value`. What depends on a setting follows at once.
 * @throws UserError (exit code 2) that names what cannot be set, before anything is changed
 */
export async function changeSettings(workspace: Workspace, entries: readonly string[]): Promise<void> {
  const values = new Map<WorkspaceSettingName, unknown>();
  for (const entry of entries) {
    const { name, part, text } = splitAssignment(entry);
    const before = values.get(name) ?? (await workspace.setting(name));
    const shape: z.ZodType = WORKSPACE_SETTINGS[name];
    const parsed = shape.safeParse(changed(name, before, part, text));
    if (!parsed.success) throw wrong(whatIsWrong(name, parsed.error.issues[0]!));
    if (part === "__proto__") throw wrong(`${name} has no part of the name "${part}"`); // The shape drops it without a word.
    values.set(name, parsed.data);
  }
  for (const [name, value] of values) {
    await workspace.changeSetting(name, value as never);
    if (name !== "books") continue;
    await rebookConversions(workspace.warehouse, value as Record<string, string>);
    // Said again: an answer that was worked out meanwhile stands on the setting and not on its bookings.
    await workspace.changeSetting(name, value as never);
  }
}

/** Every setting as it stands, by name. */
export async function readSettings(workspace: Workspace): Promise<Record<string, unknown>> {
  const settings: Record<string, unknown> = {};
  for (const name of NAMES) settings[name] = await workspace.setting(name);
  return settings;
}
