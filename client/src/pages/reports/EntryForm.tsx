import { LedgerEntryKind, Month } from "@touchline/server/contract";
import { type FormEvent, useState } from "react";
import { FailureLine } from "../../app/FailureLine.tsx";
import { GuardedButton } from "../../app/GuardedButton.tsx";
import { useMay } from "../../app/use-may.ts";
import { useWorkspace } from "../../app/workspace-context.ts";
import { parseAmount } from "../../format/parse-amount.ts";
import { useWords } from "../../i18n/words-context.tsx";
import { ChannelField, SelectField, TextField } from "../experiments/fields.tsx";
import { useAddEntry } from "./report-queries.ts";

const MINUS = /^\s*[-−]/;

/** A commitment or an invoice; a credit note is an invoice below zero. */
export function EntryForm({ month: first }: { month: string }) {
  const { t, format } = useWords();
  const { may } = useMay("reports:change");
  const { status } = useWorkspace();
  const add = useAddEntry();
  const [kind, setKind] = useState<LedgerEntryKind>("invoice");
  const [month, setMonth] = useState(first);
  const [channel, setChannel] = useState(status.channels[0] ?? "");
  const [typed, setTyped] = useState("");
  const [supplier, setSupplier] = useState("");
  const [reference, setReference] = useState("");
  const [isTried, setTried] = useState(false);
  const read = parseAmount(typed.replace(MINUS, ""), format.language);
  const isMonth = Month.safeParse(month.trim()).success;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (!may || !isMonth || read.kind !== "ok" || add.isPending) return;
    const amount = `${MINUS.test(typed) && read.value !== 0 ? "-" : ""}${read.value}`;
    const entry = {
      kind,
      month: month.trim(),
      channel,
      amount,
      supplier: supplier.trim(),
      reference: reference.trim(),
    };
    add.mutate(entry, {
      onSuccess: () => {
        setTyped("");
        setReference("");
        setTried(false);
      },
    });
  };
  return (
    <form className="report-form" onSubmit={submit} noValidate>
      <SelectField
        label={t("reports.entry.kind")}
        value={kind}
        onChange={(next) => setKind(LedgerEntryKind.parse(next))}
      >
        {LedgerEntryKind.options.map((each) => (
          <option key={each} value={each}>
            {t(`reports.entry.${each}`)}
          </option>
        ))}
      </SelectField>
      <TextField
        label={t("reports.plan.month")}
        value={month}
        problem={isTried && !isMonth ? t("reports.entry.monthWrong") : null}
        onChange={setMonth}
      />
      <ChannelField
        label={t("reports.plan.channel")}
        value={channel}
        channels={status.channels}
        onChange={setChannel}
      />
      <TextField
        label={t("reports.amount")}
        value={typed}
        isNumber
        unit={format.currencySymbol}
        hint={t("reports.entry.amountHint")}
        problem={isTried && read.kind !== "ok" ? t("reports.entry.amountWrong") : null}
        onChange={setTyped}
      />
      <TextField label={t("reports.entry.supplier")} value={supplier} onChange={setSupplier} />
      <TextField label={t("reports.entry.reference")} value={reference} onChange={setReference} />
      <div className="form-send">
        <GuardedButton type="submit" right="reports:change" className="button button-primary" disabled={add.isPending}>
          {t("reports.entry.add")}
        </GuardedButton>
        <span className="hint" role="status">
          {add.isSuccess && t("reports.entry.added")}
        </span>
      </div>
      <FailureLine error={add.error} />
    </form>
  );
}
