import { DAYS_PER_PERIOD } from "../../contract/index.ts";
import { frontierOn, NO_FACTS, type PlanLimits, planOnCurves, seekOn, whatIfOn } from "../../planning/index.ts";
import { UserError } from "../../user-error.ts";
import { type CommandIo, printable } from "../io.ts";
import { readConstraints } from "./constraints-file.ts";
import { planCurves } from "./given/plan-curves.ts";
import { readGivenCurves } from "./given/read-given.ts";
import { type PlanOptions, readGivenOptions, USUAL } from "./plan-options.ts";
import { answerStudy, printAnswer } from "./print-answer.ts";
import { readStudy, type StudyOptions } from "./study-options.ts";

export interface GivenOptions extends PlanOptions, StudyOptions {
  readonly curves: string;
  readonly constraints?: string;
  readonly scenario?: string;
  readonly json: boolean;
}

/** `touchline optimise --curves FILE`: a plan on somebody's own curves, or a study of it; needs no data folder. */
export async function runGiven(options: GivenOptions, io: CommandIo): Promise<number> {
  const { curves: file } = options;
  const study = readStudy(options);
  const given = readGivenOptions(options);
  const model = readGivenCurves(file, io);
  const { knowsToday, ...curves } = planCurves(file, model, DAYS_PER_PERIOD[given.period ?? USUAL.period]);
  if (!knowsToday && given.budget === undefined)
    throw new UserError(`${file} does not say what is spent today: say the total with --budget`, { exitCode: 2 });
  const names = curves.channels.map(({ channel }) => channel);
  const read = options.constraints === undefined ? { bounds: [] } : readConstraints(options.constraints, names, io);
  const limits: PlanLimits = { ...USUAL, ...read, ...given };
  refuseUnknowable(limits, options);
  const answered = await answerStudy(study, {
    plan: () => planOnCurves(curves, limits),
    frontier: (asked) => frontierOn(curves, { limits, ...asked }, NO_FACTS),
    whatIf: (asked) => whatIfOn(curves, { limits, ...asked }, NO_FACTS),
    goal: (seek) => seekOn(curves, { limits, seek }, NO_FACTS),
    weeks: () =>
      refuse("--weeks", "plans with the season of imported data; a problem file by week (--problem) takes curves"),
  });
  for (const note of model.notes) io.stderr(`touchline: ${printable(note)}\n`);
  if (!knowsToday)
    io.stderr("touchline: today's spend is not in the file: the plan is compared with spending nothing\n");
  printAnswer(answered, options.json, io);
  return 0;
}

function refuse(option: string, sentence: string): never {
  throw new UserError(`${option}: ${sentence}`, { exitCode: 2 });
}

/** Curves say what spend brings, not what is in it: conversions, margins and touches are those of imported data. */
function refuseUnknowable(limits: PlanLimits, { scenario }: GivenOptions): void {
  const { goal = "revenue", bounds, groups = [], capacities = [], contacts = [], productWeights = [] } = limits;
  if (scenario !== undefined) refuse("--scenario", "belongs to a data folder; a curves file has none");
  if (goal !== "revenue" && goal !== "profit")
    refuse("--objective", `${goal} is known from imported conversions only; with --curves it is revenue or profit`);
  const asksCpa = [limits, ...bounds, ...groups].some(({ maxCpa }) => maxCpa !== undefined && maxCpa !== null);
  if (asksCpa) refuse("--max-cpa", "how many conversions a channel brings is not in a curves file; give a ROAS floor");
  if (capacities.length > 0 || contacts.length > 0 || productWeights.length > 0)
    refuse(
      "--constraints",
      "capacities, contacts and productWeights need imported data; with --curves, limits of a problem file do",
    );
}
