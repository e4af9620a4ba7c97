import { type AddedExperiment, ESTIMANDS, EXPERIMENT_METHODS } from "@touchline/server/contract";
import { type FormEvent, useState } from "react";
import { explainFailure } from "../../app/api.ts";
import { GuardedButton } from "../../app/GuardedButton.tsx";
import { useMay } from "../../app/use-may.ts";
import { useWorkspace } from "../../app/workspace-context.ts";
import type { Words } from "../../i18n/words.ts";
import { useWords } from "../../i18n/words-context.tsx";
import { Card } from "../../ui/Card.tsx";
import { readEntry, type TypedEntry, type TypedName } from "./entry.ts";
import { useAddExperiment } from "./experiment-queries.ts";
import { ChannelField, SelectField, TextField } from "./fields.tsx";

/** What became of a test that was sent: one sentence, whichever way it went. */
export function wordOutcome(
  mutation: { data: AddedExperiment | undefined; error: unknown; isPending: boolean },
  { t }: Words,
): string {
  if (mutation.isPending) return t("experiments.saving");
  if (mutation.error !== null && mutation.error !== undefined) {
    const failure = explainFailure(mutation.error);
    return t("experiments.failed", { reason: failure.kind === "offline" ? t("state.errorOffline") : failure.reason });
  }
  if (mutation.data === undefined) return "";
  const { experimentId: test, unchanged, replaced } = mutation.data;
  return t(unchanged ? "experiments.addedSame" : replaced ? "experiments.addedNew" : "experiments.added", { test });
}

function useTyped(channel: string) {
  const [typed, setTyped] = useState<TypedEntry>({
    ...{ experimentId: "", channel, method: "holdout", startDate: "", endDate: "", spend: "", incremental: "" },
    ...{ standardError: "", conversionType: "", estimand: "" },
  });
  const change = (part: Partial<TypedEntry>) => setTyped((before) => ({ ...before, ...part }));
  return { typed, change };
}

/** One result as it stands in somebody's slides. */
export function EnterTestCard() {
  const words = useWords();
  const { t, format } = words;
  const { channels } = useWorkspace().status;
  const { typed, change } = useTyped(channels[0] ?? "");
  const [isTried, setTried] = useState(false);
  const { may } = useMay("experiments:change");
  const add = useAddExperiment();
  const { problems, spend, incremental, standardError } = readEntry(typed, format.language);
  const problemOf = (name: TypedName): string | null => {
    const reason = problems[name];
    if (reason === undefined || (reason === "missing" && !isTried)) return null;
    return reason === "missing"
      ? t("experiments.missing")
      : t(`input.${reason}`, { example: format.amount(1234.5, 2) });
  };
  const send = (event: FormEvent) => {
    event.preventDefault();
    if (!may) return;
    setTried(true);
    if (Object.keys(problems).length > 0) return;
    const { experimentId, channel, method, startDate, endDate, conversionType, estimand } = typed;
    add.mutate({
      ...{ experimentId, channel, method, startDate, endDate, conversionType, estimand },
      ...{ spend: String(spend), incrementalConversions: incremental, standardError },
    });
  };
  const field = (name: TypedName, label: string) => ({
    label,
    value: typed[name],
    problem: problemOf(name),
    onChange: (value: string) => change({ [name]: value }),
  });
  return (
    <Card title={t("experiments.enterTitle")} sentence={t("experiments.enterSentence")}>
      <form className="test-form" onSubmit={send} noValidate>
        <div className="test-fields">
          <TextField {...field("experimentId", t("experiments.fieldId"))} />
          <ChannelField
            label={t("experiments.channel")}
            value={typed.channel}
            channels={channels}
            onChange={(channel) => change({ channel })}
          />
          <SelectField
            label={t("experiments.fieldMethod")}
            value={typed.method}
            onChange={(method) => change({ method })}
          >
            {EXPERIMENT_METHODS.map((method) => (
              <option key={method} value={method}>
                {t(`experiments.methods.${method}`)}
              </option>
            ))}
          </SelectField>
          <TextField {...field("startDate", t("experiments.fieldFrom"))} type="date" />
          <TextField {...field("endDate", t("experiments.fieldTo"))} type="date" />
          <TextField {...field("spend", t("experiments.fieldSpend"))} isNumber unit={format.currencySymbol} />
          <TextField {...field("incremental", t("experiments.fieldIncremental"))} isNumber />
          <TextField
            {...field("standardError", t("experiments.fieldError"))}
            isNumber
            hint={t("experiments.fieldErrorHint")}
          />
          <TextField
            {...field("conversionType", t("experiments.fieldType"))}
            placeholder={t("experiments.fieldTypeAll")}
          />
          <SelectField
            label={t("experiments.fieldEstimand")}
            value={typed.estimand}
            onChange={(estimand) => change({ estimand: ESTIMANDS.find((known) => known === estimand) ?? "" })}
          >
            {ESTIMANDS.map((estimand) => (
              <option key={estimand} value={estimand}>
                {t(`experiments.estimands.${estimand === "" ? "unsaid" : estimand}`)}
              </option>
            ))}
          </SelectField>
        </div>
        <div className="test-send">
          <GuardedButton
            type="submit"
            right="experiments:change"
            className="button button-primary"
            disabled={add.isPending}
          >
            {t("experiments.save")}
          </GuardedButton>
          <p role="status" className={add.isError ? "field-problem" : "hint"}>
            {wordOutcome(add, words)}
          </p>
        </div>
      </form>
    </Card>
  );
}
