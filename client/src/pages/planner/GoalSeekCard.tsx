import type { GoalSeek, GoalSeekInput } from "@touchline/server/contract";
import { useState } from "react";
import { FailurePanel } from "../../app/FailurePanel.tsx";
import { useWorkspace } from "../../app/workspace-context.ts";
import { Swatch } from "../../charts/marks/Swatch.tsx";
import { writeGoalSeek } from "../../charts/prepare/goal-seek.ts";
import { useWords } from "../../i18n/words-context.tsx";
import { Card } from "../../ui/Card.tsx";
import { NumberField } from "../../ui/NumberField.tsx";
import { ScrollRegion } from "../../ui/ScrollRegion.tsx";
import { SegmentedChoice } from "../../ui/SegmentedChoice.tsx";
import { Sentence } from "../../ui/Sentence.tsx";
import { type Limits, withPart } from "./limits.ts";
import { useGoalSeek } from "./planner-queries.ts";

type Kind = "leastSpend" | "highestRoas";

function AnswerTable({ answer }: { answer: GoalSeek }) {
  const { t, format } = useWords();
  const { hues } = useWorkspace();
  const caption = t("studies.seek.tableCaption", { per: t(`planner.per.${answer.period}`) });
  return (
    <ScrollRegion label={caption}>
      <table className="data-table">
        <caption className="visually-hidden">{caption}</caption>
        <thead>
          <tr>
            <th scope="col">{t("words.channel")}</th>
            <th scope="col" className="numeric">
              {t("words.today")}
            </th>
            <th scope="col" className="numeric">
              {t("words.recommended")}
            </th>
          </tr>
        </thead>
        <tbody>
          {answer.allocation.map(({ channel, current, recommended }) => (
            <tr key={channel}>
              <th scope="row">
                <span className="channel-name">
                  <Swatch hue={hues.get(channel)} />
                  {channel}
                </span>
              </th>
              <td className="numeric">{format.money(current)}</td>
              <td className="numeric">{format.money(recommended)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  );
}

interface Props {
  limits: Limits;
  change(limits: Limits): void;
}

function Answer({ answer, input, limits, change }: Props & { answer: GoalSeek; input: GoalSeekInput }) {
  const words = useWords();
  const { t } = words;
  const { seek } = input;
  const { best } = answer;
  return (
    <>
      <p className="seek-answer" role="status">
        <Sentence text={writeGoalSeek(answer, seek, words)} />
      </p>
      {answer.status === "reached" && best !== null && (
        <>
          <button
            type="button"
            className="button"
            onClick={() =>
              change(
                seek.type === "least-spend"
                  ? withPart({ ...withoutMean(limits), budget: null }, "target", seek.target)
                  : { ...withoutMean(limits), budget: Math.round(best.spend * 100) / 100 },
              )
            }
          >
            {t(seek.type === "least-spend" ? "studies.seek.use" : "studies.seek.useBudget")}
          </button>
          <AnswerTable answer={answer} />
        </>
      )}
    </>
  );
}

/** A wanted result is one of the mean: caution, and another target, have no meaning beside it. */
function withoutMean(limits: Limits): Limits {
  return withPart(withPart(limits, "target", null), "caution", null);
}

function inputOf(kind: Kind, figure: number | null, limits: Limits): GoalSeekInput | null {
  if (figure === null || figure <= 0) return null;
  const free = withoutMean(limits);
  return kind === "leastSpend"
    ? { limits: free, seek: { type: "least-spend", target: figure } }
    : { limits: free, seek: { type: "highest-roas", minSpend: figure } };
}

/** From a wanted result to the money that it takes, or to the highest return. */
export function GoalSeekCard({ limits, change }: Props) {
  const { t } = useWords();
  const [kind, setKind] = useState<Kind>("leastSpend");
  const [figures, setFigures] = useState<Record<Kind, number | null>>({ leastSpend: null, highestRoas: null });
  const input = inputOf(kind, figures[kind], limits);
  const query = useGoalSeek(input, limits);
  const per = t(`planner.per.${limits.period}`);
  const isCount = kind === "leastSpend" && limits.goal === "conversions";
  return (
    <Card
      title={t("studies.seek.title")}
      sentence={t("studies.seek.sentence")}
      className="seek-card"
      origin={{ title: t("studies.seek.title"), figures: ["plan", "roas"] }}
    >
      <div className="seek-fields">
        <SegmentedChoice
          label={t("studies.seek.kind")}
          value={kind}
          choices={(["leastSpend", "highestRoas"] as const).map((value) => ({
            value,
            text: t(`studies.seek.${value}`),
          }))}
          onChange={(next) => setKind(next)}
        />
        <NumberField
          key={kind}
          label={t(kind === "leastSpend" ? "studies.seek.target" : "studies.seek.minSpend", { per })}
          kind={isCount ? "ratio" : "amount"}
          value={figures[kind]}
          onChange={(figure) => setFigures({ ...figures, [kind]: figure })}
        />
      </div>
      {input === null && <p className="hint">{t("studies.seek.empty")}</p>}
      {input !== null && query.isError && <FailurePanel error={query.error} retry={() => query.refetch()} />}
      {input !== null && !query.isError && query.data === undefined && <div className="skeleton skeleton-field" />}
      {input !== null && query.data !== undefined && (
        <div className={query.isPlaceholderData ? "seek-result is-old" : "seek-result"}>
          <Answer answer={query.data} input={input} limits={limits} change={change} />
        </div>
      )}
    </Card>
  );
}
