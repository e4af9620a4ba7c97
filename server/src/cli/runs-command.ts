import type { Command } from "commander";
import {
  cancelRun,
  compareRuns,
  DEFAULT_PRUNE_RULE,
  fetchRun,
  fetchRuns,
  pinRun,
  pruneRuns,
  repeatRun,
  unpinRun,
} from "../attribution/index.ts";
import { readyToRecord, recordAct } from "../audit/index.ts";
import type { RunSummary } from "../contract/index.ts";
import type { House } from "../house/index.ts";
import type { Workspace } from "../workspace.ts";
import type { CommandTools } from "./data-commands.ts";
import { type CommandIo, counted } from "./io.ts";
import { wholeNumber } from "./option-parsers.ts";
import { drawComparison, drawRepetition, drawRun, drawRuns, shortId } from "./runs-words.ts";
import { commandActor, whoAmI } from "./who-am-i.ts";

interface Options {
  readonly data: string;
  readonly workspace: string;
  readonly json: boolean;
}
interface ListOptions extends Options {
  readonly limit: number;
}
interface PinOptions extends Options {
  readonly label: string;
}
interface RepeatOptions extends Options {
  readonly fromEvents: boolean;
}
interface PruneOptions extends Options {
  readonly days: number;
  readonly keep: number;
  readonly dryRun: boolean;
}

/** What a command of this group gives: an answer for machines, words for people. */
interface Answer {
  readonly json: unknown;
  readonly words: string;
  readonly exitCode?: number;
}

/** `touchline runs`: what was computed, when, on what, and whether it still comes out the same. */
export function addRunsCommands({
  io,
  onData,
  group,
  run,
}: Pick<CommandTools, "io" | "onData" | "group" | "run">): void {
  const runs = group("runs", "attribution runs: list, compare, pin, repeat, cancel");
  const on = (usage: string, description: string): Command => onData(usage, description, runs);
  const answer = (options: Options, ask: (workspace: Workspace) => Promise<Answer>) =>
    run(options.data, (house) => print(house, options, ask, io));

  on("list", "list the runs, newest first")
    .option("--limit <n>", "runs to show", wholeNumber(1, 1_000), 30)
    .action((options: ListOptions) => answer(options, (workspace) => list(workspace, options)));
  on("show <run>", "print everything that is recorded of a run").action((id: string, options: Options) =>
    answer(options, async (workspace) => {
      const details = await fetchRun(workspace, id);
      return { json: details, words: drawRun(details) };
    }),
  );
  on(
    "compare <a> <b>",
    "print by channel what a second run says otherwise than a first, and what may be the reason",
  ).action((a: string, b: string, options: Options) =>
    answer(options, async (workspace) => {
      const comparison = await compareRuns(workspace, a, b);
      const { currency } = await workspace.settings();
      return { json: comparison, words: drawComparison(comparison, currency) };
    }),
  );
  on("pin <run>", "keep a run, and the report that it gives, for ever")
    .requiredOption("--label <text>", "what it is kept for")
    .action((id: string, options: PinOptions) =>
      answer(options, async (workspace) => {
        await readyToRecord(workspace);
        const pinned = await pinRun(workspace, id, options.label, whoAmI());
        await record(workspace, "runs.pin", pinned.run, { label: options.label });
        return { json: pinned, words: `${shortId(pinned)} is pinned: ${pinned.pin?.label ?? ""}\n` };
      }),
    );
  on("unpin <run>", "let a pinned run be pruned again").action((id: string, options: Options) =>
    answer(options, async (workspace) => {
      await readyToRecord(workspace);
      const freed = await unpinRun(workspace, id, whoAmI());
      await record(workspace, "runs.unpin", freed.run);
      return { json: freed, words: `${shortId(freed)} is not pinned any more.\n` };
    }),
  );
  on("cancel <run>", "stop a run that is under way, in whichever process").action((id: string, options: Options) =>
    answer(options, async (workspace) => {
      const run = await cancelRun(workspace, id, whoAmI());
      await record(workspace, "runs.cancel", run.run, { state: run.state });
      return cancelled(run);
    }),
  );
  on("repeat <run>", "compute a run again from what it froze, and say whether the digits are the same")
    .option("--from-events", "where the events have changed since: compute a new run on them, and compare", false)
    .action((id: string, options: RepeatOptions) =>
      answer(options, async (workspace) => {
        const repetition = await repeatRun(workspace, id, options.fromEvents);
        const { currency } = await workspace.settings();
        return { json: repetition, words: drawRepetition(repetition, currency), exitCode: repetition.isSame ? 0 : 1 };
      }),
    );
  on("prune", "remove old runs with their credit; pinned ones stay")
    .option("--days <n>", "remove what is older", wholeNumber(0, 3650), DEFAULT_PRUNE_RULE.days)
    .option("--keep <n>", "but keep so many of the newest", wholeNumber(0, 10_000), DEFAULT_PRUNE_RULE.keepLast)
    .option("--dry-run", "only say what would go", false)
    .action((options: PruneOptions) => answer(options, (workspace) => prune(workspace, options)));
}

async function record(workspace: Workspace, action: string, id: string, after?: unknown): Promise<void> {
  await recordAct(workspace, commandActor(), action, { kind: "run", id }, undefined, after);
}

async function list(workspace: Workspace, { limit }: ListOptions): Promise<Answer> {
  const page = await fetchRuns(workspace, { limit, offset: 0 });
  return { json: page, words: drawRuns(page) };
}

function cancelled(run: RunSummary): Answer {
  const isStopped = run.state !== "running";
  const words = isStopped
    ? `${shortId(run)} is ${run.state}.\n`
    : `${shortId(run)} was asked to stop, and its process has not answered yet: touchline runs show ${shortId(run)} says when it has.\n`;
  return { json: run, words, exitCode: run.state === "done" ? 1 : 0 };
}

async function prune(workspace: Workspace, { days, keep, dryRun }: PruneOptions): Promise<Answer> {
  if (!dryRun) await readyToRecord(workspace);
  const pruned = await pruneRuns(workspace, { ...DEFAULT_PRUNE_RULE, days, keepLast: keep }, dryRun);
  if (!dryRun) await record(workspace, "runs.prune", "", { days, keep, runs: pruned.length });
  return { json: { pruned, dryRun }, words: `${counted(pruned.length, "run")} ${dryRun ? "would go" : "removed"}.\n` };
}

async function print(
  house: House,
  options: Options,
  ask: (workspace: Workspace) => Promise<Answer>,
  io: CommandIo,
): Promise<number> {
  const { json, words, exitCode = 0 } = await ask(await house.workspace(options.workspace));
  io.stdout(options.json ? `${JSON.stringify(json)}\n` : words);
  return exitCode;
}
