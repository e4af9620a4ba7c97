import type { PacingMonth } from "@touchline/server/contract";
import { type ClipboardEvent, type FormEvent, useId, useState } from "react";
import { FailureLine } from "../../app/FailureLine.tsx";
import { GuardedButton } from "../../app/GuardedButton.tsx";
import { useMay } from "../../app/use-may.ts";
import { useWorkspace } from "../../app/workspace-context.ts";
import { Swatch } from "../../charts/marks/Swatch.tsx";
import { strong } from "../../i18n/words.ts";
import { useWords } from "../../i18n/words-context.tsx";
import { Card } from "../../ui/Card.tsx";
import { ConfirmButton } from "../../ui/ConfirmButton.tsx";
import { type BudgetTexts, readBudgets } from "./budget-texts.ts";
import { useCopyMonth, useSetBudgets } from "./pacing-queries.ts";
import { shiftMonth } from "./pacing-search.ts";
import { fillColumn, readColumn } from "./read-column.ts";

interface FieldProps {
  channel: string;
  text: string;
  isBroken: boolean;
  isClosed: boolean;
  noteId: string;
  change(text: string): void;
  paste(event: ClipboardEvent): void;
}

function BudgetField({ channel, text, isBroken, isClosed, noteId, change, paste }: FieldProps) {
  const { t } = useWords();
  return (
    <input
      type="text"
      inputMode="decimal"
      autoComplete="off"
      className="budget-input"
      aria-label={t("pacing.budgetOf", { channel })}
      aria-invalid={isBroken}
      aria-describedby={isBroken ? noteId : undefined}
      readOnly={isClosed}
      value={text}
      onChange={(event) => change(event.target.value)}
      onPaste={paste}
    />
  );
}

interface FormProps {
  pacing: PacingMonth;
  set: ReturnType<typeof useSetBudgets>;
  copy: ReturnType<typeof useCopyMonth>;
}

/** Mounted anew for other budgets, so that the fields begin with them. */
function BudgetsForm({ pacing, set, copy }: FormProps) {
  const { t, format } = useWords();
  const { status, hues } = useWorkspace();
  const { may } = useMay("budgets:change");
  const { month, budgets } = pacing;
  const noteId = useId();
  const first = new Map(budgets.map(({ channel, amount }) => [channel, format.typed(Number(amount))]));
  const ordered = pacing.channels.map(({ channel }) => channel);
  const channels = [...new Set([...ordered, ...first.keys(), ...status.channels])];
  const [texts, setTexts] = useState<BudgetTexts>(() =>
    Object.fromEntries(channels.map((channel) => [channel, first.get(channel) ?? ""])),
  );
  const read = readBudgets(texts, budgets, format.language);
  const spentBy = new Map(pacing.channels.map(({ channel, spent }) => [channel, spent]));
  const isBroken = read.broken.length > 0;
  const pasteInto = (channel: string) => (event: ClipboardEvent) => {
    const rows = readColumn(event.clipboardData.getData("text/plain"));
    if (rows === null || !may) return;
    event.preventDefault();
    setTexts({ ...texts, ...fillColumn(channels, channel, rows) });
  };
  const save = (event: FormEvent) => {
    event.preventDefault();
    copy.reset();
    if (!isBroken && read.budgets.length > 0) set.mutate({ month, budgets: read.budgets });
  };
  const from = shiftMonth(month, -1);
  const names = { from: format.month(from), to: format.month(month) };
  const sum = { total: strong(format.money(read.total)), number: format.count(read.count) };
  const done = set.isSuccess ? t("pacing.saved") : copy.isSuccess ? t("pacing.copied", { month: names.from }) : "";
  const outcome = read.budgets.length > 0 ? t("pacing.unsaved") : done;
  const example = { number: format.count(read.broken.length), example: format.typed(1234.5) };
  return (
    <Card
      title={t("pacing.budgetsTitle", { month: names.to })}
      sentence={read.count === 0 ? t("pacing.budgetsNone") : t("pacing.budgetsSentence", sum)}
      origin={{ title: t("pacing.budgetsTitle", { month: names.to }), figures: ["spend", "plan"] }}
    >
      <form onSubmit={save}>
        <table className="data-table budgets-table">
          <caption className="visually-hidden">{t("pacing.budgetsTitle", { month: names.to })}</caption>
          <thead>
            <tr>
              <th scope="col">{t("words.channel")}</th>
              <th scope="col" className="numeric">
                {t("pacing.budgetColumn")} <span className="head-unit">{format.currencySymbol}</span>
              </th>
              <th scope="col" className="numeric">
                {t("pacing.column.spent")}
              </th>
            </tr>
          </thead>
          <tbody>
            {channels.map((channel) => (
              <tr key={channel}>
                <th scope="row">
                  <span className="channel-name">
                    <Swatch hue={hues.get(channel)} />
                    {channel}
                  </span>
                </th>
                <td className="numeric">
                  <BudgetField
                    channel={channel}
                    text={texts[channel] ?? ""}
                    isBroken={read.broken.includes(channel)}
                    isClosed={!may}
                    noteId={noteId}
                    change={(text) => setTexts({ ...texts, [channel]: text })}
                    paste={pasteInto(channel)}
                  />
                </td>
                <td className="numeric">{spentBy.has(channel) ? format.money(spentBy.get(channel) ?? "0") : ""}</td>
              </tr>
            ))}
          </tbody>
        </table>
        {isBroken && (
          <p id={noteId} className="field-problem" role="alert">
            {t(read.broken.length === 1 ? "pacing.brokenOne" : "pacing.broken", example)}
          </p>
        )}
        <div className="budgets-actions">
          <GuardedButton
            type="submit"
            right="budgets:change"
            className="button button-primary"
            disabled={isBroken || read.budgets.length === 0 || set.isPending}
          >
            {t("pacing.save")}
          </GuardedButton>
          <ConfirmButton
            right="budgets:change"
            className="button"
            question={t("pacing.copyQuestion", names)}
            sure={t("pacing.copySure")}
            isBusy={copy.isPending}
            act={() => {
              set.reset();
              copy.mutate({ from, to: month });
            }}
          >
            {t("pacing.copy", { month: names.from })}
          </ConfirmButton>
          <span className="hint" role="status">
            {outcome}
          </span>
        </div>
        <FailureLine error={set.error ?? copy.error} />
      </form>
    </Card>
  );
}

/** Budgets of the month, as they would stand in a spreadsheet. */
export function BudgetsCard({ pacing }: { pacing: PacingMonth }) {
  const set = useSetBudgets();
  const copy = useCopyMonth();
  return <BudgetsForm key={JSON.stringify(pacing.budgets)} pacing={pacing} set={set} copy={copy} />;
}
