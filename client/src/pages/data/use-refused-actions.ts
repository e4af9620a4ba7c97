import type { RefusedFilter, RefusedRow, RefusedSelection } from "@touchline/server/contract";
import { explainFailure } from "../../app/api.ts";
import { useDiscard, useReplay } from "../../app/queries.ts";
import { useWords } from "../../i18n/words-context.tsx";

/** What can be done about refused rows, and what came of the last time. */
export interface RefusedActions {
  readonly isBusy: boolean;
  readonly outcome: string;
  /** Acts on the ticked rows, or on all waiting ones of the filter where none is ticked. */
  replay(filter: RefusedFilter, ticked: readonly RefusedRow[]): void;
  discard(filter: RefusedFilter, ticked: readonly RefusedRow[]): void;
}

function selectionOf({ source, kind, reason }: RefusedFilter, ticked: readonly RefusedRow[]): RefusedSelection {
  return {
    ...(source === undefined ? {} : { source }),
    ...(kind === undefined ? {} : { kind }),
    ...(reason === undefined ? {} : { reason }),
    ...(ticked.length === 0 ? {} : { rows: ticked.map(({ fingerprint, line }) => ({ fingerprint, line })) }),
  };
}

/** Stays with the card, so that what came of it is still said when the rows are gone. */
export function useRefusedActions(): RefusedActions {
  const { t, format } = useWords();
  const replay = useReplay();
  const discard = useDiscard();
  const describe = (): string => {
    if (replay.isPending || discard.isPending) return t("data.working");
    const failed = [replay, discard].find(({ isError }) => isError);
    if (failed !== undefined) {
      const failure = explainFailure(failed.error);
      return t("data.failed", { reason: failure.kind === "offline" ? t("state.errorOffline") : failure.reason });
    }
    if (discard.data !== undefined) return t("data.discarded", { rows: format.count(discard.data.discarded) });
    if (replay.data === undefined) return "";
    const { replayed, stored, rejected, notReplayable } = replay.data;
    const counts = { replayed: format.count(replayed), stored: format.count(stored), rejected: format.count(rejected) };
    return [
      ...(replayed > 0 || notReplayable === 0 ? [t("data.replayed", counts)] : []),
      ...(notReplayable > 0 ? [t("data.replayedPartly", { rows: format.count(notReplayable) })] : []),
    ].join(" ");
  };
  return {
    isBusy: replay.isPending || discard.isPending,
    outcome: describe(),
    replay: (filter, ticked) => {
      discard.reset();
      replay.mutate(selectionOf(filter, ticked));
    },
    discard: (filter, ticked) => {
      replay.reset();
      discard.mutate(selectionOf(filter, ticked));
    },
  };
}
