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
  const [
    days,
    touched,
    channels,
    busy,
    late,
    stored,
    types,
    refused,
    ledger,
    unbalanced,
    platform,
    orphans,
    identities,
  ] = await Promise.all([
    warehouse.ask(feeds, { timeZone, now }),
    warehouse.askOne(touchedConversions, { lookbackDays: DEFAULT_LOOKBACK_DAYS }),
    warehouse.ask(channelDays, { timeZone }),
    warehouse.askOne(busyVisitors, { timeZone, mostTouches: thresholdOf(thresholds, "bots") }),
    warehouse.ask(lateEvents, { now, lateHours }),
    warehouse.ask(storedRows, { now, dataMonths }),
    warehouse.ask(conversionTypeHealth, {}),
    warehouse.ask(refusedBySource, {}),
    warehouse.ask(ledgerBySource, { now }),
    warehouse.ask(unbalancedImports, {}),
    warehouse.ask(platformDays, { timeZone }),
    warehouse.ask(orphanAdjustments, {}),
    warehouse.ask(identityHealth, {}),
  ]);
  return {
    ...{ now, simulated, books, legalBasis, lateHours },
    ...{
      feeds: days,
      touched,
      channels,
      busy,
      late,
      stored,
      types,
      refused,
      ledger,
      unbalanced,
      platform,
      orphans,
      identities,
    },
  };
}

export type Answers = Awaited<ReturnType<typeof fetchAnswers>>;
