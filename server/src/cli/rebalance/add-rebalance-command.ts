import { mailerOfEnvironment } from "../../accounts/mail/index.ts";
import { environment } from "../../configuration/index.ts";
import { ChangeRebalancing, type RebalancingSettings, RebalancingStep } from "../../contract/index.ts";
import type { House } from "../../house/index.ts";
import { deliverWaiting } from "../../notifications/index.ts";
import {
  type CommandRun,
  cancelByCommand,
  changeRebalancing,
  readRebalancing,
  rebalanceByCommand,
  rehearseByCommand,
  statusByCommand,
} from "../../rebalancing/index.ts";
import { UserError } from "../../user-error.ts";
import type { CommandTools } from "../data-commands.ts";
import { type CommandIo, ProgressLine } from "../io.ts";
import { readJson } from "../optimise/read-json.ts";
import { commandActor } from "../who-am-i.ts";
import { runInWords, scheduleInWords } from "./run-words.ts";

interface RebalanceOptions {
  readonly workspace: string;
  readonly json: boolean;
  readonly dryRun: boolean;
  readonly again: boolean;
  readonly status: boolean;
  readonly cancel: boolean;
  readonly settings?: string | true;
}

const HELP = `
One run a period, whoever starts it: the period is the day on which the schedule fell due last, in the workspace's time zone. A run whose
process was killed goes on from its last finished step, and one that failed is begun anew.

Exit codes:
  0  a plan was put forward or applied, or today's split stays
  1  the run failed, or was cancelled
  2  the command was written wrongly
  3  a guard-rail blocked the run: the output says which, and what would lift it
  4  another process is at it
`;

const EXIT_CODES = { proposed: 0, applied: 0, nothing: 0, failed: 1, cancelled: 1, blocked: 3, underway: 4 } as const;

export function addRebalanceCommand({ io, onData, run }: Pick<CommandTools, "io" | "onData" | "run">): void {
  onData("rebalance", "check, fit, plan and propose: the weekly run, for a scheduler of your own or by hand")
    .option("--dry-run", "print everything, and put nothing forward", false)
    .option(
      "--again",
      "do the run of this period again, where it was blocked, was cancelled or left today's split",
      false,
    )
    .option("--status", "print the newest run", false)
    .option("--cancel", "stop the run that is under way, before its next step", false)
    .option("--settings [file]", "print schedule, guard-rails and policy, or change them to those of a JSON file")
    .addHelpText("after", HELP)
    .action((options: RebalanceOptions & { data: string }) => {
      requireOne(options);
      return run(options.data, (house) => runRebalance(house, options, io));
    });
}

function requireOne({ dryRun, again, status, cancel, settings }: RebalanceOptions): void {
  const given = [
    ...(dryRun ? ["--dry-run"] : []),
    ...(again ? ["--again"] : []),
    ...(status ? ["--status"] : []),
    ...(cancel ? ["--cancel"] : []),
    ...(settings === undefined ? [] : ["--settings"]),
  ];
  if (given.length > 1) throw new UserError(`${given.join(" and ")} do not go together: take one`, { exitCode: 2 });
}

async function runRebalance(house: House, options: RebalanceOptions, io: CommandIo): Promise<number> {
  const clock = io.now ?? (() => new Date());
  const workspace = await house.workspace(options.workspace);
  const store = await workspace.store.open();
  const desk = { workspace, store, actor: commandActor() };
  const print = (json: unknown, words: string) => io.stdout(options.json ? `${JSON.stringify(json)}\n` : words);
  if (options.settings !== undefined) {
    const given = options.settings === true ? null : settingsIn(options.settings, io);
    const schedule =
      given === null
        ? await readRebalancing(store, workspace, clock())
        : await changeRebalancing(desk, workspace, given, clock());
    print(schedule, scheduleInWords(schedule));
    return 0;
  }
  if (options.status) {
    const newest = await statusByCommand(desk);
    print(newest, newest === null ? "There was no run yet: touchline rebalance\n" : runInWords(newest));
    return 0;
  }
  if (options.cancel) {
    const cancelled = await cancelByCommand(desk, clock());
    const isOver = cancelled.state === "cancelled";
    print(cancelled, isOver ? "The run is cancelled.\n" : "The run stops before its next step.\n");
    return 0;
  }
  const progress = new ProgressLine(io);
  const count = RebalancingStep.options.length;
  const onStep = (step: RebalancingStep, place: number) => progress.show("rebalance", place / count, step);
  const { run, way }: CommandRun = options.dryRun
    ? { run: await rehearseByCommand(desk, { again: false, clock, onStep }), way: "done" }
    : await rebalanceByCommand(desk, { again: options.again, clock, onStep });
  progress.clear();
  if (way === "done" && !run.isDry) await tellNow(house, io);
  if (way === "busy") io.stderr("Another process is at this run: touchline rebalance --status shows how far it is.\n");
  if (way === "stood")
    io.stderr(`The run of ${run.period} stood already${isRepeatable(run.state) ? "; --again does it again" : ""}.\n`);
  print(run, runInWords(run));
  return way === "busy" ? EXIT_CODES.underway : EXIT_CODES[run.state];
}

/** Where no server runs, nobody else would send what the run has to say; where one does, it sends what does not arrive in time. */
async function tellNow(house: House, io: CommandIo): Promise<void> {
  const url = environment().TOUCHLINE_URL;
  // Without an address its messages would lead nowhere: they wait for a server that has one.
  if (url === undefined || url === "" || io.publicUrl !== undefined) return;
  await deliverWaiting(house, { sendMail: mailerOfEnvironment(io.stderr), url, withinMs: TELL_WITHIN_MS });
}

const TELL_WITHIN_MS = 5_000;

const isRepeatable = (state: string) => ["blocked", "cancelled", "nothing"].includes(state);

function settingsIn(path: string, io: CommandIo): RebalancingSettings {
  const parsed = ChangeRebalancing.safeParse(readJson(path, io));
  if (parsed.success) return parsed.data;
  const { path: place, message } = parsed.error.issues[0]!;
  throw new UserError(`${path}: ${place.join(".") || "the settings"}: ${message}`, { exitCode: 2 });
}
