import { Link } from "@tanstack/react-router";
import type { DateRange } from "@touchline/server/contract";
import { Swatch } from "../../charts/marks/Swatch.tsx";
import type { ChangeCell, ChangeLine, TodayChanges } from "../../charts/prepare/today-changes.ts";
import { useWords } from "../../i18n/words-context.tsx";
import { Card } from "../../ui/Card.tsx";
import { Explained } from "../../ui/Explained.tsx";
import { ExportMenu } from "../../ui/export/ExportMenu.tsx";
import { Icon } from "../../ui/Icon.tsx";
import type { FigureOrigin } from "../../ui/origin-context.ts";
import { ScrollRegion } from "../../ui/ScrollRegion.tsx";

function ChangeCells({ cell }: { cell: ChangeCell | null }) {
  if (cell === null) {
    return (
      <>
        <td className="numeric" />
        <td />
      </>
    );
  }
  return (
    <>
      <td className="numeric numeric-main">{cell.now}</td>
      <td className="change-cell">
        {cell.change !== "" && (
          <span className="change change-neutral">
            <Icon name={cell.direction} />
            {cell.change}
          </span>
        )}
        <Explained className={`judged judged-${cell.judged}`} why={cell.judgedWhy}>
          {cell.judgedWord}
        </Explained>
      </td>
    </>
  );
}

interface RowProps {
  line: ChangeLine;
  week: DateRange;
  changes: TodayChanges;
}

function ChangeRow({ line, week, changes }: RowProps) {
  const { t } = useWords();
  return (
    <tr>
      <th scope="row">
        <span className="channel-name">
          <Swatch hue={line.hue} />
          {line.channel}
        </span>
      </th>
      <ChangeCells cell={line.spend} />
      {changes.hasRevenue && <ChangeCells cell={line.revenue} />}
      {changes.hasYear && <td className="numeric">{line.yearBefore}</td>}
      <td className="numeric">
        <Link
          to="/performance"
          search={{ ...week, why: line.channel, model: "incremental" }}
          aria-label={line.whyLabel}
        >
          {t("today.why")}
        </Link>
      </td>
    </tr>
  );
}

interface Props {
  changes: TodayChanges | null;
  week: DateRange | null;
  origin: FigureOrigin;
}

/** Channels by how much their last week moved, each beside what its weeks usually do. */
export function ChangesCard({ changes, week, origin }: Props) {
  const { t } = useWords();
  const title = t("today.changedTitle");
  if (changes === null) {
    return (
      <Card title={title} isBusy>
        <div className="skeleton skeleton-table" />
      </Card>
    );
  }
  if (week === null || changes.lines.length === 0) {
    return (
      <Card title={title}>
        <p className="card-empty">{t("today.changedNone")}</p>
      </Card>
    );
  }
  return (
    <Card
      title={title}
      sentence={changes.sentence}
      origin={origin}
      actions={<ExportMenu title={title} caption={changes.note} origin={origin} table={() => changes.table} />}
    >
      <ScrollRegion label={title}>
        <table className="data-table changes-table">
          <caption className="visually-hidden">{title}</caption>
          <thead>
            <tr>
              <th scope="col">{t("words.channel")}</th>
              <th scope="col" className="numeric">
                {t("today.column.spend")}
              </th>
              <th scope="col">{t("today.column.change")}</th>
              {changes.hasRevenue && (
                <>
                  <th scope="col" className="numeric">
                    {t("today.column.revenue")}
                  </th>
                  <th scope="col">{t("today.column.change")}</th>
                </>
              )}
              {changes.hasYear && (
                <th scope="col" className="numeric">
                  {t("today.column.year")}
                </th>
              )}
              <th scope="col">
                <span className="visually-hidden">{t("today.why")}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {changes.lines.map((line) => (
              <ChangeRow key={line.channel} line={line} week={week} changes={changes} />
            ))}
          </tbody>
        </table>
      </ScrollRegion>
      <p className="figure-caption">{changes.note}</p>
    </Card>
  );
}
