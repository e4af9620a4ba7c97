import { ReportFormat, ReportLevel } from "@touchline/server/contract";
import { type FormEvent, useState } from "react";
import { FailureLine } from "../../app/FailureLine.tsx";
import { GuardedButton } from "../../app/GuardedButton.tsx";
import { useMay } from "../../app/use-may.ts";
import { LANGUAGES } from "../../i18n/language.ts";
import { useWords } from "../../i18n/words-context.tsx";
import { SelectField, TextField } from "../experiments/fields.tsx";
import { lastDay, readSchedule, type ScheduleDraft, type ScheduleProblem } from "./read-schedule.ts";
import { useAddSchedule } from "./report-queries.ts";

/** In its own language: whoever reads it knows the word. */
const LANGUAGE_NAMES = { en: "English", fr: "Français" } as const;

export function ScheduleForm({ zone }: { zone: string }) {
  const { t, format } = useWords();
  const { may } = useMay("reports:change");
  const add = useAddSchedule();
  const empty: ScheduleDraft = {
    ...{ name: "", every: "week", day: "1", hour: "7", level: "channel", formats: ["pdf"], recipients: "" },
    locale: format.language,
  };
  const [draft, setDraft] = useState(empty);
  const [isTried, setTried] = useState(false);
  const { schedule, problems } = readSchedule(draft);
  const change = (next: Partial<ScheduleDraft>) => {
    setDraft({ ...draft, ...next });
    add.reset();
  };
  const problemOf = (field: ScheduleProblem, text: string) => (isTried && problems.has(field) ? text : null);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (!may || schedule === null || add.isPending) return;
    add.mutate(schedule, {
      onSuccess: () => {
        setDraft({ ...empty, locale: draft.locale });
        setTried(false);
      },
    });
  };
  return (
    <form className="report-form" onSubmit={submit} noValidate>
      <TextField
        label={t("reports.schedule.name")}
        value={draft.name}
        placeholder={t("reports.schedule.example")}
        problem={problemOf("name", t("reports.schedule.nameWrong"))}
        onChange={(name) => change({ name })}
      />
      <SelectField
        label={t("reports.schedule.every")}
        value={draft.every}
        onChange={(every) => change({ every: every === "month" ? "month" : "week" })}
      >
        <option value="week">{t("reports.schedule.week")}</option>
        <option value="month">{t("reports.schedule.month")}</option>
      </SelectField>
      <TextField
        label={t("reports.schedule.day")}
        value={draft.day}
        isNumber
        hint={draft.every === "week" ? t("reports.schedule.dayWeek") : t("reports.schedule.dayMonth")}
        problem={problemOf("day", t("reports.schedule.dayWrong", { most: format.count(lastDay(draft.every)) }))}
        onChange={(day) => change({ day })}
      />
      <TextField
        label={t("reports.schedule.hour")}
        value={draft.hour}
        isNumber
        hint={t("reports.schedule.hourHint", { zone })}
        problem={problemOf("hour", t("reports.schedule.hourWrong"))}
        onChange={(hour) => change({ hour })}
      />
      <SelectField
        label={t("reports.schedule.rows")}
        value={draft.level}
        onChange={(level) => change({ level: ReportLevel.parse(level) })}
      >
        {ReportLevel.options.map((level) => (
          <option key={level} value={level}>
            {t(`reports.level.${level}`)}
          </option>
        ))}
      </SelectField>
      <SelectField
        label={t("reports.schedule.language")}
        value={draft.locale}
        onChange={(locale) => change({ locale: locale === "fr" ? "fr" : "en" })}
      >
        {LANGUAGES.map((language) => (
          <option key={language} value={language} lang={language}>
            {LANGUAGE_NAMES[language]}
          </option>
        ))}
      </SelectField>
      <fieldset className="report-formats">
        <legend className="field-label">{t("reports.schedule.formats")}</legend>
        {ReportFormat.options.map((each) => (
          <label key={each} className="toggle">
            <input
              type="checkbox"
              checked={draft.formats.includes(each)}
              onChange={(event) =>
                change({
                  formats: ReportFormat.options.filter((one) =>
                    one === each ? event.target.checked : draft.formats.includes(one),
                  ),
                })
              }
            />
            {t(`reports.downloadAs.${each}`)}
          </label>
        ))}
        {problemOf("formats", t("reports.schedule.formatsWrong")) !== null && (
          <p className="field-problem">{t("reports.schedule.formatsWrong")}</p>
        )}
      </fieldset>
      <TextField
        label={t("reports.schedule.recipients")}
        value={draft.recipients}
        hint={t("reports.schedule.recipientsHint")}
        problem={problemOf("recipients", t("reports.schedule.recipientsWrong"))}
        onChange={(recipients) => change({ recipients })}
      />
      <div className="form-send">
        <GuardedButton type="submit" right="reports:change" className="button button-primary" disabled={add.isPending}>
          {t("reports.schedule.add")}
        </GuardedButton>
        <span className="hint" role="status">
          {add.isSuccess && t("reports.schedule.added")}
        </span>
      </div>
      <FailureLine error={add.error} />
    </form>
  );
}
