import type { Plan } from "@touchline/server/contract";
import { wordWarning } from "../../charts/prepare/plan-warning.ts";
import { useWords } from "../../i18n/words-context.tsx";
import { Icon } from "../../ui/Icon.tsx";
import { ConsideredNote } from "./ConsideredNote.tsx";
import { NextSteps } from "./NextSteps.tsx";

/** Why today's split stays, by the plan's own notes or the plain fact where it has none, and what to do next. */
export function LeaveNote({ plan }: { plan: Plan }) {
  const words = useWords();
  const reasons = plan.warnings.map((warning) => wordWarning(warning, words));
  return (
    <div className="callout leave-note">
      <Icon name="info" />
      <div>
        <p>{reasons.length === 0 ? words.t("planner.leaveWhy") : reasons.join(" ")}</p>
        <ConsideredNote plan={plan} />
        <NextSteps plan={plan} />
      </div>
    </div>
  );
}
