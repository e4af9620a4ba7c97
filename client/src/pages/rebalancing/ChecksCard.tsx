import type { RebalancingCheck } from "@touchline/server/contract";
import { useState } from "react";
import { useTimeZone } from "../../app/workspace-context.ts";
import { useWords } from "../../i18n/words-context.tsx";
import { Card } from "../../ui/Card.tsx";
import { Icon, type IconName } from "../../ui/Icon.tsx";
import { ScrollRegion } from "../../ui/ScrollRegion.tsx";
import { wordCheck } from "./describe-check.ts";
import { sortChecks, summariseChecks, wordLift } from "./describe-checks.ts";

const ICONS = {
  ...{ passed: "check", trimmed: "filter", held: "lock", blocked: "warning" },
} as const satisfies Record<RebalancingCheck["outcome"], IconName>;
const COLUMNS = ["rule", "of", "outcome", "found", "lift"] as const;

function Line({ check }: { check: RebalancingCheck }) {
  const words = useWords();
  const { t } = words;
  const timeZone = useTimeZone();
  return (
    <tr>
      <th scope="row">{t(`rebalancing.rule.${check.rule}`)}</th>
      <td>{check.channel ?? t("review.checks.all")}</td>
      <td>
        <span className={`check-outcome check-${check.outcome}`}>
          <Icon name={ICONS[check.outcome]} />
          {t(`rebalancing.outcomeOf.${check.outcome}`)}
        </span>
      </td>
      <td className="check-words">{wordCheck(check, timeZone, words)}</td>
      <td className="check-words">{wordLift(check, timeZone, words)}</td>
    </tr>
  );
}

/** Every rule as it was applied: what it found, and what would lift it. What passed waits behind a button. */
export function ChecksCard({ checks }: { checks: readonly RebalancingCheck[] }) {
  const words = useWords();
  const { t, format } = words;
  const [isWhole, setWhole] = useState(false);
  if (checks.length === 0) return null;
  const sorted = sortChecks(checks);
  const passed = sorted.filter(({ outcome }) => outcome === "passed").length;
  const shown = isWhole || passed === sorted.length ? sorted : sorted.filter(({ outcome }) => outcome !== "passed");
  return (
    <Card
      title={t("review.checks.title")}
      sentence={summariseChecks(checks, words)}
      className="checks-card"
      origin={{ title: t("review.checks.title"), figures: ["plan", "interval"] }}
      table="shown"
    >
      <ScrollRegion label={t("review.checks.title")}>
        <table className="data-table checks-table">
          <caption className="visually-hidden">{t("review.checks.title")}</caption>
          <thead>
            <tr>
              {COLUMNS.map((column) => (
                <th key={column} scope="col">
                  {t(`review.checks.${column}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {shown.map((check, i) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a rule may say two things of one channel, and lines never move
              <Line key={`${check.rule} ${check.channel} ${i}`} check={check} />
            ))}
          </tbody>
        </table>
      </ScrollRegion>
      {shown.length < sorted.length && (
        <button type="button" className="link-button checks-more" onClick={() => setWhole(true)}>
          {t("review.checks.showPassed", { number: format.count(passed) })}
        </button>
      )}
    </Card>
  );
}
