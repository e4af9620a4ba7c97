import { useWorkspace } from "../../app/workspace-context.ts";
import { ChartFrame } from "../../charts/ChartFrame.tsx";
import { hueColour } from "../../charts/channel-colours.ts";
import { chartStateOf } from "../../charts/chart-state.ts";
import { Swatch } from "../../charts/marks/Swatch.tsx";
import { type ClaimLine, prepareClaimsFound } from "../../charts/prepare/claims-found.ts";
import { useWords } from "../../i18n/words-context.tsx";
import { useClaims } from "./performance-queries.ts";

const HEIGHT = 320;

function Claim({ line }: { line: ClaimLine }) {
  return (
    <li className="claim">
      <p className="claim-name">
        <Swatch hue={line.hue} />
        <strong>{line.channel}</strong>
      </p>
      <dl className="claim-bars">
        {line.bars.map((bar) => (
          <div key={bar.id}>
            <dt>{bar.label}</dt>
            <dd>
              <svg width="100%" height={8} aria-hidden="true">
                <rect
                  className={`claim-${bar.id}`}
                  width={`${Math.min(1, bar.length) * 100}%`}
                  height={8}
                  rx={2}
                  fill={bar.id === "claimed" ? "var(--spend)" : hueColour(line.hue)}
                />
              </svg>
              <span>{bar.text}</span>
            </dd>
          </div>
        ))}
      </dl>
      <p className="claim-why">{line.why.join(" ")}</p>
    </li>
  );
}

/** What platforms claim beside what is found, and why the two differ. */
export function ClaimsCard() {
  const words = useWords();
  const { t } = words;
  const { scope, model, hues, range } = useWorkspace();
  const query = useClaims(scope);
  const claims = query.data === undefined ? null : prepareClaimsFound(query.data, model, hues, words);
  if (query.data?.rows.length === 0) return null;
  return (
    <ChartFrame
      title={t("performance.claim.title")}
      sentence={claims?.sentence}
      state={chartStateOf(query)}
      model={claims}
      height={HEIGHT}
      origin={{
        title: t("performance.claim.title"),
        figures: ["platformClaims", "creditedConversions", "coverage"],
        ...{ range, model, result: query.data?.origin ?? null },
      }}
      footer={claims?.silent ? <p className="hint">{claims.silent}</p> : undefined}
    >
      {(chart) => (
        <ul className="claims">
          {chart.lines.map((line) => (
            <Claim key={line.channel} line={line} />
          ))}
        </ul>
      )}
    </ChartFrame>
  );
}
