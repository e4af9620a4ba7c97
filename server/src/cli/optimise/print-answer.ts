import type { Frontier, GoalSeek, GoalSeekInput, Plan, WeeklyPlan, WhatIf } from "../../contract/index.ts";
import { type CommandIo, printable } from "../io.ts";
import { planInWords } from "./plan-words.ts";
import type { Study } from "./study-options.ts";
import { frontierInWords, goalInWords, weeksInWords, whatIfInWords } from "./study-words.ts";

/** An answer as JSON and in words. */
export interface Answered {
  readonly json: { readonly warnings: readonly { readonly text: string }[] };
  readonly words: string;
}

/** Who answers a study: a workspace, or curves of one's own. */
export interface Studies {
  plan(): Promise<Plan>;
  frontier(asked: { readonly budgets?: number[] }): Promise<Frontier>;
  whatIf(asked: { readonly channel: string; readonly spends?: number[] }): Promise<WhatIf>;
  goal(seek: GoalSeekInput["seek"]): Promise<GoalSeek>;
  weeks(asked: { readonly weeks: number; readonly start: string | null }): Promise<WeeklyPlan>;
}

export async function answerStudy(study: Study, studies: Studies): Promise<Answered> {
  switch (study.kind) {
    case "plan": {
      const plan = await studies.plan();
      return { json: plan, words: planInWords(plan) };
    }
    case "frontier": {
      const frontier = await studies.frontier(study.budgets === undefined ? {} : { budgets: study.budgets });
      return { json: frontier, words: frontierInWords(frontier) };
    }
    case "what-if": {
      const { channel, spends } = study;
      const tried = await studies.whatIf(spends === undefined ? { channel } : { channel, spends });
      return { json: tried, words: whatIfInWords(tried) };
    }
    case "best-roas": {
      const sought = await studies.goal({ type: "highest-roas", minSpend: study.minSpend });
      return { json: sought, words: goalInWords(sought) };
    }
    case "weeks": {
      const plan = await studies.weeks({ weeks: study.weeks, start: study.start });
      return { json: plan, words: weeksInWords(plan) };
    }
  }
}

export function printAnswer({ json, words }: Answered, asJson: boolean, io: CommandIo): void {
  for (const { text } of json.warnings) io.stderr(`touchline: ${printable(text)}\n`);
  io.stdout(asJson ? `${JSON.stringify(json)}\n` : words);
}
