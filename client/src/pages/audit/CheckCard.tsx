import type { AuditCheck } from "@touchline/server/contract";
import { FailureLine } from "../../app/FailureLine.tsx";
import { useMembership } from "../../app/me-context.ts";
import { useWords } from "../../i18n/words-context.tsx";
import { Card } from "../../ui/Card.tsx";
import { CopyButton } from "../../ui/CopyButton.tsx";
import { Icon } from "../../ui/Icon.tsx";
import { useCheck } from "./audit-queries.ts";

function Answer({ check }: { check: AuditCheck }) {
  const { t, format } = useWords();
  const { broken, head } = check;
  return (
    <>
      <p className={check.isWhole ? "audit-answer" : "audit-answer audit-broken"}>
        <Icon name={check.isWhole ? "check" : "warning"} />
        {broken === null
          ? t("audit.whole", { entries: format.count(check.entries) })
          : t("audit.broken", { seq: format.count(broken.seq), reason: broken.reason })}
      </p>
      <dl className="audit-head">
        <dt>{t("audit.head")}</dt>
        <dd>
          <code>{head}</code>
          <CopyButton text={head} label={t("audit.headCopy")} />
        </dd>
      </dl>
      <p className="hint">{t("audit.headWhy")}</p>
    </>
  );
}

/** Whether the chain is whole, and the way out with all of it. */
export function CheckCard() {
  const { t } = useWords();
  const { id } = useMembership();
  const check = useCheck();
  return (
    <Card
      title={t("audit.checkTitle")}
      sentence={t("audit.checkSentence")}
      isBusy={check.isFetching}
      actions={
        <>
          <a className="button" href={`/export/${id}/audit.csv`} download>
            {t("audit.exportCsv")}
          </a>
          <a className="button" href={`/export/${id}/audit.ndjson`} download>
            {t("audit.exportNdjson")}
          </a>
          <button
            type="button"
            className="button button-primary"
            disabled={check.isFetching}
            onClick={() => check.refetch()}
          >
            {t(check.isFetching ? "audit.checking" : "audit.check")}
          </button>
        </>
      }
    >
      <div role="status">{check.data !== undefined && !check.isFetching && <Answer check={check.data} />}</div>
      <FailureLine error={check.error} />
    </Card>
  );
}
