import type { ClosedPeriod } from "@touchline/server/contract";
import { type FormEvent, useState } from "react";
import { FailureLine } from "../../app/FailureLine.tsx";
import { GuardedButton } from "../../app/GuardedButton.tsx";
import { useMay } from "../../app/use-may.ts";
import { useWorkspace } from "../../app/workspace-context.ts";
import { strong } from "../../i18n/words.ts";
import { useWords } from "../../i18n/words-context.tsx";
import { Card } from "../../ui/Card.tsx";
import { ConfirmButton } from "../../ui/ConfirmButton.tsx";
import { SelectField, TextField } from "../experiments/fields.tsx";
import { closableMonths, closedNow } from "./closable.ts";
import { DownloadLinks } from "./DownloadLinks.tsx";
import { useCloseMonth, useMonths, useReopenMonth } from "./report-queries.ts";

/** Opening again takes a reason: it stands in the audit. */
function ReopenForm({ month }: { month: string }) {
  const { t, format } = useWords();
  const { may } = useMay("reports:reopen");
  const reopen = useReopenMonth();
  const [reason, setReason] = useState("");
  const [isTried, setTried] = useState(false);
  const isMissing = reason.trim() === "";
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (may && !isMissing && !reopen.isPending) reopen.mutate({ month, reason: reason.trim() });
  };
  return (
    <details className="card-details">
      <summary>{t("reports.closing.reopen", { month: format.month(month) })}</summary>
      <form className="report-form" onSubmit={submit} noValidate>
        <TextField
          label={t("reports.closing.reason")}
          value={reason}
          problem={isTried && isMissing ? t("reports.closing.reasonMissing") : null}
          onChange={setReason}
        />
        <div className="form-send">
          <GuardedButton type="submit" right="reports:reopen" className="button" disabled={reopen.isPending}>
            {t("reports.closing.reopenSure")}
          </GuardedButton>
        </div>
        <FailureLine error={reopen.error} />
      </form>
    </details>
  );
}

function ClosedMonth({ period, isNewest }: { period: ClosedPeriod; isNewest: boolean }) {
  const { t, format } = useWords();
  const { status } = useWorkspace();
  const name = format.month(period.month);
  return (
    <li className="report-schedule">
      <div>
        <p>
          <strong>{name}</strong>
        </p>
        <p className="hint">
          {t("reports.closing.by", {
            by: period.closedBy,
            at: format.moment(new Date(period.closedAt), status.timeZone),
            print: period.print.slice(0, 12),
          })}
        </p>
        {isNewest && <ReopenForm month={period.month} />}
      </div>
      <DownloadLinks path={`closed/${period.month}`} query={{}} what={name} isSmall />
    </li>
  );
}

function CloseForm({ months }: { months: readonly string[] }) {
  const { t, format } = useWords();
  const close = useCloseMonth();
  const [chosen, setChosen] = useState<string | null>(null);
  const month = chosen !== null && months.includes(chosen) ? chosen : (months[0] ?? "");
  const name = format.month(month);
  return (
    <div className="report-close">
      {months.length > 1 && (
        <SelectField label={t("reports.closing.month")} value={month} onChange={setChosen}>
          {months.map((each) => (
            <option key={each} value={each}>
              {format.month(each)}
            </option>
          ))}
        </SelectField>
      )}
      <ConfirmButton
        right="reports:close"
        className="button"
        question={t("reports.closing.question", { month: name })}
        sure={t("reports.closing.sure")}
        isBusy={close.isPending}
        act={() => close.mutate({ month })}
      >
        {t("reports.closing.close", { month: name })}
      </ConfirmButton>
      <FailureLine error={close.error} />
    </div>
  );
}

/** Months that never change any more, and the next that can be closed. */
export function ClosedMonthsCard() {
  const { t, format } = useWords();
  const { days } = useWorkspace();
  const query = useMonths();
  const closed = closedNow(query.data?.closed ?? []);
  const months = query.data === undefined ? [] : closableMonths(query.data, days);
  const newest = closed[0];
  const sentence =
    newest === undefined
      ? t("reports.closing.none")
      : t("reports.closing.until", { month: strong(format.month(newest.month)) });
  return (
    <Card title={t("reports.closing.title")} sentence={query.data === undefined ? undefined : sentence}>
      <FailureLine error={query.error} />
      {closed.length > 0 && (
        <ul className="closed-months">
          {closed.map((period) => (
            <ClosedMonth key={period.month} period={period} isNewest={period.month === query.data?.reopenable} />
          ))}
        </ul>
      )}
      {months.length > 0 && <CloseForm months={months} />}
      <p className="figure-caption">{t("reports.closing.why")}</p>
    </Card>
  );
}
