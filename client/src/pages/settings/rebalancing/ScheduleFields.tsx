import type { RebalancingSchedule, RebalancingSettings } from "@touchline/server/contract";
import { useState } from "react";
import { useWords } from "../../../i18n/words-context.tsx";
import { Card } from "../../../ui/Card.tsx";
import { SegmentedChoice } from "../../../ui/SegmentedChoice.tsx";
import { SelectField, TextField } from "../../experiments/fields.tsx";
import { readWeekly, writeWeekly } from "./week-schedule.ts";

interface Props {
  schedule: RebalancingSchedule;
  draft: RebalancingSettings;
  edit(next: Partial<RebalancingSettings>): void;
}

/** Days of a week that begins on a Monday. */
const WEEKDAYS = [1, 2, 3, 4, 5, 6, 0] as const;
/** 5 January 2026 is a Monday. */
const dayNamed = (weekday: number) => `2026-01-${String(4 + (weekday === 0 ? 7 : weekday)).padStart(2, "0")}`;

/** One time a week, or whatever a cron expression says. */
export function ScheduleFields({ schedule, draft, edit }: Props) {
  const { t, format } = useWords();
  const weekly = readWeekly(draft.schedule);
  const [isCron, setCron] = useState(weekly === null);
  const times = schedule.next.map((instant) => format.weekMoment(new Date(instant), schedule.timeZone)).join("; ");
  const usual = weekly ?? { weekday: 1, time: "06:00" };
  return (
    <Card title={t("weekly.set.scheduleTitle")} sentence={t("weekly.set.scheduleSentence")}>
      <label className="scope">
        <input
          type="checkbox"
          checked={draft.isScheduled}
          onChange={(event) => edit({ isScheduled: event.target.checked })}
        />
        <span>{t("weekly.set.isScheduled")}</span>
      </label>
      <SegmentedChoice
        label={t("weekly.set.scheduleTitle")}
        value={isCron ? "cron" : "week"}
        choices={[
          { value: "week", text: t("weekly.set.weekly") },
          { value: "cron", text: t("weekly.set.byCron") },
        ]}
        onChange={(choice) => {
          setCron(choice === "cron");
          if (choice === "week") edit({ schedule: writeWeekly(usual) });
        }}
      />
      <div className="form-row">
        {isCron ? (
          <TextField
            label={t("weekly.set.cron")}
            value={draft.schedule}
            hint={t("weekly.set.cronHint")}
            onChange={(text) => edit({ schedule: text })}
          />
        ) : (
          <>
            <SelectField
              label={t("weekly.set.weekday")}
              value={String(usual.weekday)}
              onChange={(weekday) => edit({ schedule: writeWeekly({ ...usual, weekday: Number(weekday) }) })}
            >
              {WEEKDAYS.map((weekday) => (
                <option key={weekday} value={weekday}>
                  {format.weekdayName(dayNamed(weekday), "long")}
                </option>
              ))}
            </SelectField>
            <label className="field">
              <span className="field-label">{t("weekly.set.time")}</span>
              <span className="field-box">
                <input
                  type="time"
                  value={usual.time}
                  onChange={(event) =>
                    event.target.value !== "" && edit({ schedule: writeWeekly({ ...usual, time: event.target.value }) })
                  }
                />
              </span>
            </label>
          </>
        )}
      </div>
      {draft.schedule === schedule.settings.schedule && <p className="hint">{t("weekly.set.next", { times })}</p>}
    </Card>
  );
}
