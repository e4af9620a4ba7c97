import type { ProposalState } from "@touchline/server/contract";
import { useWords } from "../../i18n/words-context.tsx";
import { Icon, type IconName } from "../../ui/Icon.tsx";

const ICONS = {
  proposed: "more",
  approved: "check",
  rejected: "close",
  withdrawn: "reset",
  expired: "calendar",
  superseded: "copy",
} as const satisfies Record<ProposalState, IconName>;

/** A word with its sign: the colour alone says nothing. */
export function StateBadge({ state }: { state: ProposalState }) {
  const { t } = useWords();
  return (
    <span className={`proposal-state proposal-${state}`}>
      <Icon name={ICONS[state]} />
      {t(`proposals.stateOf.${state}`)}
    </span>
  );
}
