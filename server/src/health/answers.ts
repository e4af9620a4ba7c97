import {
  busyVisitors,
  channelDays,
  conversionTypeHealth,
  feeds,
  identityHealth,
  lateEvents,
  ledgerBySource,
  orphanAdjustments,
  platformDays,
  refusedBySource,
  storedRows,
  touchedConversions,
  unbalancedImports,
} from "@touchline/sql";
import { DEFAULT_LOOKBACK_DAYS } from "../contract/index.ts";
import type { Workspace } from "../workspace.ts";
import { type Thresholds, thresholdOf } from "./finding.ts";

/** Waits for all of them, under the names that they were asked by. */
async function answersOf<T extends Record<string, Promise<unknown>>>(
  asked: T,
): Promise<{ [K in keyof T]: Awaited<T[K]> }> {
  const answers = await Promise.all(Object.entries(asked).map(async ([name, answer]) => [name, await answer] as const));
  return Object.fromEntries(answers) as { [K in keyof T]: Awaited<T[K]> };
}

/** Asks everything that the rules stand on, side by side; the heaviest questions first, because three run at a time. */
export async function fetchAnswers(workspace: Workspace, thresholds: Thresholds, now: string) {
  const { warehouse } = workspace;
  const { timeZone, simulated } = await workspace.settings();
  const [books, legalBasis, { dataMonths }] = await Promise.all([
    workspace.setting("books"),
    workspace.setting("legal-basis"),
    workspace.setting("retention"),
  ]);
  const lateHours = thresholdOf(thresholds, "late-hours");
  const answers = await answersOf({
    feeds: warehouse.ask(feeds, { timeZone, now }),
    touched: warehouse.askOne(touchedConversions, { lookbackDays: DEFAULT_LOOKBACK_DAYS }),
    channels: warehouse.ask(channelDays, { timeZone }),
    busy: warehouse.askOne(busyVisitors, { timeZone, mostTouches: thresholdOf(thresholds, "bots") }),
    late: warehouse.ask(lateEvents, { now, lateHours }),
    stored: warehouse.ask(storedRows, { now, dataMonths }),
    types: warehouse.ask(conversionTypeHealth, {}),
    refused: warehouse.ask(refusedBySource, {}),
    ledger: warehouse.ask(ledgerBySource, { now }),
    unbalanced: warehouse.ask(unbalancedImports, {}),
    platform: warehouse.ask(platformDays, { timeZone }),
    orphans: warehouse.ask(orphanAdjustments, {}),
    identities: warehouse.ask(identityHealth, {}),
  });
  return { now, simulated, books, legalBasis, lateHours, ...answers };
}

export type Answers = Awaited<ReturnType<typeof fetchAnswers>>;
