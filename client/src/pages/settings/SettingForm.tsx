import { type FormEvent, type ReactNode, useState } from "react";
import { FailureLine } from "../../app/FailureLine.tsx";
import { GuardedButton } from "../../app/GuardedButton.tsx";
import { useMay } from "../../app/use-may.ts";
import { useWords } from "../../i18n/words-context.tsx";
import { TextField } from "../experiments/fields.tsx";
import { useChangeSetting } from "./data-settings-queries.ts";

interface Props {
  /** As the command line names it: `retention.dataMonths`. */
  setting: string;
  label: string;
  hint?: string;
  value: string;
  placeholder?: string;
  isNumber?: boolean;
  problemOf?: (text: string) => string | null;
}

/** One setting in one field: saved by itself, so that what is wrong with it stands below it. */
export function SettingForm({ setting, label, hint, value, placeholder, isNumber, problemOf }: Props) {
  const { t } = useWords();
  const { may, why } = useMay("settings:change");
  const [text, setText] = useState(value);
  const change = useChangeSetting();
  const isNew = text.trim() !== value;
  const problem = isNew ? (problemOf?.(text.trim()) ?? null) : null;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (may && isNew && problem === null) change.mutate({ name: setting, value: text.trim() });
  };
  return (
    <form className="setting-form" onSubmit={submit} noValidate>
      <TextField
        {...{ label, value: text, problem }}
        {...(hint === undefined ? {} : { hint })}
        {...(placeholder === undefined ? {} : { placeholder })}
        {...(isNumber === undefined ? {} : { isNumber })}
        onChange={(next) => {
          setText(next);
          change.reset();
        }}
      />
      <GuardedButton
        type="submit"
        right="settings:change"
        className="button"
        disabled={!isNew || problem !== null || change.isPending}
      >
        {t("mapping.set.save")}
      </GuardedButton>
      <p role="status" className="hint setting-note">
        {may ? change.isSuccess && t("mapping.set.saved") : why}
      </p>
      <FailureLine error={change.error} />
    </form>
  );
}

interface ChoiceProps {
  setting: string;
  label: string;
  value: string;
  children: ReactNode;
}

/** One setting of a few choices: it holds as soon as it is chosen. */
export function SettingChoice({ setting, label, value, children }: ChoiceProps) {
  const { may, why } = useMay("settings:change");
  const change = useChangeSetting();
  return (
    <>
      <select
        className="field-select"
        aria-label={label}
        title={may ? undefined : why}
        value={change.isPending ? change.variables.value : value}
        disabled={!may || change.isPending}
        onChange={(event) => change.mutate({ name: setting, value: event.target.value })}
      >
        {children}
      </select>
      <FailureLine error={change.error} />
    </>
  );
}
