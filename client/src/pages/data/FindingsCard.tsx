import type { CheckLine, Findings } from "../../charts/prepare/findings.ts";
import { useWords } from "../../i18n/words-context.tsx";
import { Card } from "../../ui/Card.tsx";
import { Icon } from "../../ui/Icon.tsx";

const ICONS = { act: "warning", watch: "info", ok: "check" } as const;

/** As many of one check are read; the rest is one click away. */
const SHOWN = 3;

function FindingRow({ line }: { line: CheckLine }) {
  const { t, format } = useWords();
  const more = line.sentences.slice(SHOWN);
  return (
    <li className={`finding finding-${line.severity}`}>
      <span className={`severity severity-${line.severity}`}>
        <Icon name={ICONS[line.severity]} />
        {line.severityWord}
      </span>
      <div className="finding-words">
        <h3 title={line.meaning}>{line.title}</h3>
        {line.sentences.slice(0, SHOWN).map((sentence) => (
          <p key={sentence}>{sentence}</p>
        ))}
        {more.length > 0 && (
          <details className="finding-more">
            <summary>{t("data.more", { findings: format.count(more.length) })}</summary>
            {more.map((sentence) => (
              <p key={sentence}>{sentence}</p>
            ))}
          </details>
        )}
        <p className="finding-remedy">{line.remedy}</p>
      </div>
    </li>
  );
}

/** What asks for somebody, with what to do; behind it, one click away, what is fine. */
export function FindingsCard({ findings }: { findings: Findings | null }) {
  const { t, format } = useWords();
  if (findings === null) {
    return (
      <Card title={t("data.findingsTitle")} isBusy>
        <div className="skeleton skeleton-findings" />
      </Card>
    );
  }
  return (
    <Card title={t("data.findingsTitle")}>
      {findings.open.length > 0 && (
        <ul className="findings">
          {findings.open.map((line) => (
            <FindingRow key={line.id} line={line} />
          ))}
        </ul>
      )}
      <details className="findings-fine">
        <summary>
          <Icon name="check" />
          {t("data.findingsFine", { checks: format.count(findings.fine.length) })}
          <Icon name="chevron" />
        </summary>
        <dl className="definitions">
          {findings.fine.map((line) => (
            <div key={line.id}>
              <dt title={line.meaning}>{line.title}</dt>
              {line.sentences.map((sentence) => (
                <dd key={sentence}>{sentence}</dd>
              ))}
            </div>
          ))}
        </dl>
      </details>
    </Card>
  );
}
