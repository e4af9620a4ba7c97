import type { RebalancingRunSummary } from "@touchline/server/contract";
import { useTranslation } from "react-i18next";
import { Icon, type IconName } from "../../ui/Icon.tsx";

const LOOKS = {
  underway: { icon: "reset", look: "withdrawn" },
  proposed: { icon: "proposals", look: "proposed" },
  applied: { icon: "check", look: "approved" },
  nothing: { icon: "same", look: "withdrawn" },
  blocked: { icon: "lock", look: "rejected" },
  failed: { icon: "warning", look: "rejected" },
  cancelled: { icon: "close", look: "withdrawn" },
} as const satisfies Record<RebalancingRunSummary["state"], { icon: IconName; look: string }>;

/** How a run stands, as an icon with its word. */
export function RunState({ state }: { state: RebalancingRunSummary["state"] }) {
  const { t } = useTranslation();
  const { icon, look } = LOOKS[state];
  return (
    <span className={`proposal-state proposal-${look}`}>
      <Icon name={icon} />
      {t(`rebalancing.stateOf.${state}`)}
    </span>
  );
}
