import type { GuardRails } from "@touchline/server/contract";
import { useState } from "react";
import { useWords } from "../../../i18n/words-context.tsx";
import { Card } from "../../../ui/Card.tsx";
import { TextField } from "../../experiments/fields.tsx";

type Blackout = GuardRails["blackouts"][number];
const EMPTY: Blackout = { from: "", to: "", reason: "" };

interface Props {
  blackouts: readonly Blackout[];
  edit(blackouts: Blackout[]): void;
}

/** Days on which nothing is moved. */
export function BlackoutFields({ blackouts, edit }: Props) {
  const { t, format } = useWords();
  const [next, setNext] = useState(EMPTY);
  const isWhole = next.from !== "" && next.to !== "" && next.from <= next.to;
  return (
    <Card title={t("weekly.set.blackouts")} sentence={t("weekly.set.blackoutHint")}>
      <ul className="plain-list">
        {blackouts.map((blackout, i) => (
          <li key={`${blackout.from} ${blackout.to} ${blackout.reason}`}>
            {t("words.titled", { title: format.range(blackout.from, blackout.to), text: blackout.reason })}{" "}
            <button
              type="button"
              className="link-button"
              onClick={() => edit(blackouts.filter((_, place) => place !== i))}
            >
              {t("weekly.set.removeBlackout", { from: format.date(blackout.from) })}
            </button>
          </li>
        ))}
      </ul>
      <div className="form-row">
        <TextField
          label={t("weekly.set.from")}
          type="date"
          value={next.from}
          onChange={(from) => setNext({ ...next, from })}
        />
        <TextField label={t("weekly.set.to")} type="date" value={next.to} onChange={(to) => setNext({ ...next, to })} />
        <TextField
          label={t("weekly.set.reason")}
          value={next.reason}
          onChange={(reason) => setNext({ ...next, reason })}
        />
        <button
          type="button"
          className="button"
          disabled={!isWhole}
          onClick={() => {
            edit([...blackouts, next]);
            setNext(EMPTY);
          }}
        >
          {t("weekly.set.addBlackout")}
        </button>
      </div>
    </Card>
  );
}
