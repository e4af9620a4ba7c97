import { Link } from "@tanstack/react-router";
import { useState } from "react";
import type { NeedLine, NeedTone } from "../../charts/prepare/today-needs.ts";
import { useWords } from "../../i18n/words-context.tsx";
import { Card } from "../../ui/Card.tsx";
import { Icon, type IconName } from "../../ui/Icon.tsx";
import { Sentence } from "../../ui/Sentence.tsx";

const ICONS = { act: "warning", decide: "proposals", watch: "info" } as const satisfies Record<NeedTone, IconName>;

/** More are one click away: a list that nobody finishes is not read. */
const SHOWN = 6;

function NeedLink({ line }: { line: NeedLine }) {
  const { proposal } = line;
  if (line.to === "/rebalancing" && proposal !== undefined) {
    return (
      <Link to="/rebalancing" search={(before) => ({ ...before, id: proposal })} className="button">
        {line.action}
      </Link>
    );
  }
  return (
    <Link to={line.to} search={true} className="button">
      {line.action}
    </Link>
  );
}

interface Props {
  lines: readonly NeedLine[] | null;
  /** False while parts are still being worked out, or could not be read. */
  isWhole: boolean;
}

/** What asks for the reader, each with the one way to go about it. */
export function NeedsCard({ lines, isWhole }: Props) {
  const { t, format } = useWords();
  const [isAll, setAll] = useState(false);
  if (lines === null) {
    return (
      <Card title={t("today.needsTitle")} isBusy>
        <div className="skeleton skeleton-needs" />
      </Card>
    );
  }
  const number = format.count(lines.length);
  const sentence =
    lines.length === 0
      ? t(isWhole ? "today.needsNone" : "today.needsUnderway")
      : t(lines.length === 1 ? "today.needsOne" : "today.needsMany", { number });
  const shown = isAll ? lines : lines.slice(0, SHOWN);
  return (
    <Card title={t("today.needsTitle")} sentence={sentence}>
      <ul className="needs">
        {shown.map((line) => (
          <li key={line.id} className={`need need-${line.tone}`}>
            <span className="need-tone">
              <Icon name={ICONS[line.tone]} />
              {t(`today.tone.${line.tone}`)}
            </span>
            <p>
              <Sentence text={line.sentence} />
            </p>
            <NeedLink line={line} />
          </li>
        ))}
      </ul>
      {lines.length > shown.length && (
        <button type="button" className="link-button needs-more" onClick={() => setAll(true)}>
          {t("today.needsMore", { number: format.count(lines.length - shown.length) })}
        </button>
      )}
    </Card>
  );
}
