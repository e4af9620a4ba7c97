import type { Experiments } from "@touchline/server/contract";
import { Command } from "../../app/Command.tsx";
import { IntervalMark } from "../../charts/marks/IntervalMark.tsx";
import { Swatch } from "../../charts/marks/Swatch.tsx";
import type { TestRow, TestsModel } from "../../charts/prepare/experiments.ts";
import { tabulateTests } from "../../charts/prepare/tables/experiments.ts";
import { useWords } from "../../i18n/words-context.tsx";
import { Card } from "../../ui/Card.tsx";
import { Icon } from "../../ui/Icon.tsx";
import { ScrollRegion } from "../../ui/ScrollRegion.tsx";

const TONE_ICONS = { agree: "check", apart: "warning", unused: "warning", open: "info" } as const;

function Row({ row, zero }: { row: TestRow; zero: number }) {
  return (
    <tr>
      <th scope="row">
        <span className="channel-name">
          <Swatch hue={row.hue} />
          {row.channel}
        </span>
        <span className="test-name">
          {row.id} · {row.method}
        </span>
      </th>
      <td className="test-days-cell">{row.days}</td>
      <td className="bars-cell">
        <IntervalMark test={row.test} model={row.modelMark} zero={zero} label={row.label} />
      </td>
      <td className="numeric">
        <span className="numeric-main">{row.incremental}</span>
        <span className="test-name">{row.interval}</span>
      </td>
      <td className="numeric">{row.cost}</td>
      <td className="numeric">{row.model}</td>
      <td>
        <span className={`verdict verdict-${row.tone}`}>
          <Icon name={TONE_ICONS[row.tone]} />
          {row.verdict}
        </span>
        {row.note !== null && <span className="test-name">{row.note}</span>}
      </td>
    </tr>
  );
}

/** Every lift test with the model's own figure for the same channel and days beside it. */
export function TestsCard({ tests, answer }: { tests: TestsModel | null; answer: Experiments | undefined }) {
  const words = useWords();
  const { t, format } = words;
  const title = t("experiments.listTitle");
  if (tests === null) {
    return (
      <Card title={title} isBusy>
        <div className="skeleton skeleton-table" />
      </Card>
    );
  }
  if (tests.rows.length === 0) {
    return (
      <Card title={title}>
        <p>{t("experiments.listEmpty")}</p>
        <Command text="npx touchline import experiments FILE" />
      </Card>
    );
  }
  return (
    <Card
      title={title}
      sentence={t("experiments.listSentence", { thousand: tests.thousand })}
      origin={{ title, figures: ["liftTest", "interval"], model: "incremental" }}
      table={answer === undefined ? undefined : () => tabulateTests(answer, words)}
    >
      <ScrollRegion label={title}>
        <table className="data-table tests-table">
          <caption className="visually-hidden">{title}</caption>
          <thead>
            <tr>
              <th scope="col">{t("experiments.test")}</th>
              <th scope="col" className="test-days-cell">
                {t("experiments.days")}
              </th>
              <th scope="col" className="bars-head">
                <span className="legend-item">
                  <svg className="legend-mark" viewBox="0 0 16 8" aria-hidden="true">
                    <circle cx="8" cy="4" r="4" className="legend-test" />
                  </svg>
                  {t("experiments.markTest")}
                </span>
                <span className="legend-item">
                  <svg className="legend-mark" viewBox="0 0 16 8" aria-hidden="true">
                    <circle cx="8" cy="4" r="3" className="legend-model" />
                  </svg>
                  {t("experiments.markModel")}
                </span>
              </th>
              <th scope="col" className="numeric">
                {t("experiments.incremental")}
              </th>
              <th scope="col" className="numeric">
                {t("experiments.cost")} <span className="head-unit">{format.currencySymbol}</span>
              </th>
              <th scope="col" className="numeric">
                {t("experiments.model")}
              </th>
              <th scope="col">{t("experiments.verdict")}</th>
            </tr>
          </thead>
          <tbody>
            {tests.rows.map((row) => (
              <Row key={row.id} row={row} zero={tests.zero} />
            ))}
          </tbody>
        </table>
      </ScrollRegion>
    </Card>
  );
}
