import type { KeptSchedule } from "@touchline/server/contract";
import { FailureLine } from "../../app/FailureLine.tsx";
import { GuardedButton } from "../../app/GuardedButton.tsx";
import { useTimeZone } from "../../app/workspace-context.ts";
import { strong } from "../../i18n/words.ts";
import { useWords } from "../../i18n/words-context.tsx";
import { Card } from "../../ui/Card.tsx";
import { ConfirmButton } from "../../ui/ConfirmButton.tsx";
import { useRemoveSchedule, useSchedules, useSendNow } from "./report-queries.ts";
import { ScheduleForm } from "./ScheduleForm.tsx";

/** A Monday: the days of the week are named from it. */
const MONDAY = 1;

function ScheduleItem({ schedule }: { schedule: KeptSchedule }) {
  const { t, format } = useWords();
  const remove = useRemoveSchedule();
  const send = useSendNow();
  const { id, name, every, day, hour, formats, level, recipients, lastPeriod } = schedule;
  const when =
    every === "week"
      ? t("reports.schedule.weekly", {
          day: format.weekdayName(`2024-01-0${MONDAY + day - 1}`, "long"),
          hour: String(hour).padStart(2, "0"),
        })
      : t("reports.schedule.monthly", { day, hour: String(hour).padStart(2, "0") });
  const count = send.data?.recipients ?? 0;
  return (
    <li className="report-schedule">
      <div>
        <p>
          <strong>{name}</strong>
        </p>
        <p className="hint">
          {[
            when,
            formats.map((each) => t(`reports.downloadAs.${each}`)).join(", "),
            t(`reports.level.${level}`),
            recipients.join(", "),
          ].join(" · ")}
        </p>
        <p className="hint">
          {t("reports.schedule.last")}: {lastPeriod === null ? t("reports.schedule.never") : format.date(lastPeriod)}
        </p>
        <FailureLine error={send.error ?? remove.error} />
        <p className="hint" role="status">
          {send.isSuccess &&
            (count === 1 ? t("reports.schedule.sentOne") : t("reports.schedule.sent", { count: format.count(count) }))}
        </p>
      </div>
      <div className="report-ways">
        <GuardedButton
          type="button"
          right="reports:change"
          className="link-button"
          aria-label={t("reports.schedule.labelNow", { name })}
          disabled={send.isPending}
          onClick={() => send.mutate({ id })}
        >
          {t("reports.schedule.sendNow")}
        </GuardedButton>
        <ConfirmButton
          right="reports:change"
          question={t("reports.schedule.removeQuestion", { name })}
          sure={t("reports.schedule.removeSure")}
          label={t("reports.schedule.labelRemove", { name })}
          isBusy={remove.isPending}
          act={() => remove.mutate({ id })}
        >
          {t("reports.schedule.remove")}
        </ConfirmButton>
      </div>
    </li>
  );
}

/** Reports that are sent by themselves, and to whom. */
export function SchedulesCard() {
  const { t, format } = useWords();
  const zone = useTimeZone();
  const query = useSchedules();
  const schedules = query.data ?? [];
  const sentence =
    schedules.length === 0
      ? t("reports.schedulesNone")
      : schedules.length === 1
        ? t("reports.schedulesOne")
        : t("reports.schedulesSentence", { count: strong(format.count(schedules.length)) });
  return (
    <Card title={t("reports.schedulesTitle")} sentence={query.data === undefined ? undefined : sentence}>
      <FailureLine error={query.error} />
      {schedules.length > 0 && (
        <ul className="report-schedules">
          {schedules.map((schedule) => (
            <ScheduleItem key={schedule.id} schedule={schedule} />
          ))}
        </ul>
      )}
      <details className="card-details">
        <summary>{t("reports.schedule.new")}</summary>
        <ScheduleForm zone={zone} />
      </details>
    </Card>
  );
}
