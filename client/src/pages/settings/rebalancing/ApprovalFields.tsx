import type { ApprovalPolicy } from "@touchline/server/contract";
import { useWords } from "../../../i18n/words-context.tsx";
import { Card } from "../../../ui/Card.tsx";
import { NumberField } from "../../../ui/NumberField.tsx";

interface Props {
  approval: ApprovalPolicy;
  edit(approval: ApprovalPolicy): void;
}

/** Who is asked before a plan is applied; the second person of large plans is a rule of the workspace. */
export function ApprovalFields({ approval, edit }: Props) {
  const { t } = useWords();
  return (
    <Card title={t("weekly.set.approvalTitle")} sentence={t("weekly.set.approvalSentence")}>
      <div className="rail-fields">
        <NumberField
          label={t("weekly.set.applyUpTo")}
          kind="amount"
          value={approval.applyUpTo}
          placeholder={t("weekly.set.applyNone")}
          hint={t("weekly.set.applyHint")}
          onChange={(applyUpTo) => edit({ ...approval, applyUpTo })}
        />
        <NumberField
          label={t("weekly.set.expireAfterDays")}
          kind="ratio"
          value={approval.expireAfterDays}
          hint={t("weekly.set.days")}
          onChange={(days) => days !== null && edit({ ...approval, expireAfterDays: Math.round(days) })}
        />
      </div>
    </Card>
  );
}
