import type { Command } from "commander";
import { ProposeInput, ScenarioName } from "../contract/index.ts";
import type { House } from "../house/index.ts";
import {
  compareScenarios,
  listScenarios,
  type PlanLimits,
  removeScenario,
  renameScenario,
  saveScenario,
} from "../planning/index.ts";
import { UserError } from "../user-error.ts";
import type { CommandTools } from "./data-commands.ts";
import type { CommandIo } from "./io.ts";
import { type AskOptions, askPlan } from "./optimise/ask-plan.ts";
import { withPlanOptions } from "./optimise/plan-options.ts";
import { drawComparison, drawScenario, drawScenarios } from "./scenarios-words.ts";
import { commandActor } from "./who-am-i.ts";

interface Options {
  readonly data: string;
  readonly workspace: string;
  readonly json: boolean;
}
type SaveOptions = Options & AskOptions & { readonly replace: boolean };
type CompareOptions = Options & { readonly recompute: boolean };

/** `touchline scenarios`: limits under a name with the plan that they gave, side by side, and as they would be today. */
export function addScenariosCommands({
  io,
  onData,
  group,
  run,
}: Pick<CommandTools, "io" | "onData" | "group" | "run">): void {
  const scenarios = group("scenarios", "plans under a name: save, list, compare, rename, delete");
  const on = (usage: string, description: string): Command => onData(usage, description, scenarios);
  const answer = (options: Options, ask: (house: House) => Promise<{ json: unknown; words: string }>) =>
    run(options.data, async (house) => {
      const { json, words } = await ask(house);
      io.stdout(options.json ? `${JSON.stringify(json)}\n` : words);
      return 0;
    });

  on("list", "list the scenarios, the one that was saved last first").action((options: Options) =>
    answer(options, async (house) => {
      const list = await listScenarios(await house.workspace(options.workspace));
      return { json: list, words: drawScenarios(list) };
    }),
  );
  withPlanOptions(on("save <name>", "plan on today's curves and keep limits and plan under a name"))
    .option("--replace", "save it over the one of that name", false)
    .action((name: string, options: SaveOptions) => answer(options, (house) => save(house, name, options, io)));
  on("compare <names...>", "print scenarios side by side: what they spend, bring, and stand on")
    .option("--recompute", "plan each again on today's curves, and say what changed", false)
    .action((names: string[], options: CompareOptions) =>
      answer(options, async (house) => {
        const asked = { ids: names, recompute: options.recompute };
        if (names.length > MOST_COMPARED)
          throw new UserError(`at most ${MOST_COMPARED} scenarios fit beside each other`, { exitCode: 2 });
        const comparison = await compareScenarios(await house.workspace(options.workspace), asked);
        return { json: comparison, words: drawComparison(comparison) };
      }),
    );
  on("rename <scenario> <name>", "give a scenario another name").action(
    (scenario: string, name: string, options: Options) =>
      answer(options, async (house) => {
        const workspace = await house.workspace(options.workspace);
        const renamed = await renameScenario(workspace, scenario, requireName(name), commandActor());
        return { json: renamed, words: `It is called "${renamed.name}" now.\n` };
      }),
  );
  on("delete <scenario>", "remove a scenario").action((scenario: string, options: Options) =>
    answer(options, async (house) => {
      const removed = await removeScenario(await house.workspace(options.workspace), scenario, commandActor());
      return { json: removed, words: `The scenario "${removed.name}" is gone.\n` };
    }),
  );
}

const MOST_COMPARED = 6;

async function save(house: House, name: string, options: SaveOptions, io: CommandIo) {
  const { workspace, limits } = await askPlan(house, options, io);
  const asked = { name: requireName(name), input: keptInput(limits), replace: options.replace };
  const saved = await saveScenario(workspace, asked, commandActor());
  return { json: saved, words: drawScenario(saved) };
}

/** Limits of a problem file in the words of the planner, so that the page can load them. @throws UserError where it has no word */
function keptInput({ objective, constraints = [], ...input }: PlanLimits): ProposeInput {
  if (objective !== undefined)
    throw new UserError(
      'a scenario says what it plans for with "goal" or --objective, not with an objective of weights',
    );
  let kept: ProposeInput = input;
  for (const limit of constraints) {
    if (limit.type === "group_spend") {
      const { name, members, min, max } = limit;
      kept = { ...kept, groups: [...(kept.groups ?? []), { name, members: [...members], min, max }] };
    } else if (limit.type === "group_roas_floor") {
      const { name, members, value } = limit;
      const group = { name, members: [...members], min: null, max: null, minRoas: value };
      kept = { ...kept, groups: [...(kept.groups ?? []), group] };
    } else if (limit.type === "blended_roas_floor") kept = { ...kept, minRoas: limit.value };
    else if (limit.type === "change_limit_pct") kept = { ...kept, maxChange: limit.value / 100 };
    else
      throw new UserError(
        `a scenario does not keep the limit ${limit.type}: write it as docs/optimise.md says for plans`,
      );
  }
  return ProposeInput.parse(kept);
}

function requireName(name: string): string {
  const parsed = ScenarioName.safeParse(name);
  if (!parsed.success) throw new UserError(parsed.error.issues[0]!.message, { exitCode: 2 });
  return parsed.data;
}
