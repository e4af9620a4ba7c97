import type { RulesTrial } from "@touchline/server/contract";
import { type FormEvent, useState } from "react";
import { strong } from "../../i18n/words.ts";
import { useWords } from "../../i18n/words-context.tsx";
import { Card } from "../../ui/Card.tsx";
import { ScrollRegion } from "../../ui/ScrollRegion.tsx";

type Arrival = RulesTrial["arrivals"][number];

interface Props {
  trial: RulesTrial;
  channels: readonly string[];
  may: boolean;
  assign(source: string, medium: string, channel: string): void;
}

const ANOTHER = "\u0000";

/** Who sent people, and as what: what no rule speaks of comes first. */
export function ArrivalsCard({ trial, channels, may, assign }: Props) {
  const { t, format } = useWords();
  const { arrivals } = trial;
  const open = arrivals.filter(({ rule }) => rule === 0).length;
  const title = t("mapping.rules.arrivalsTitle");
  if (arrivals.length === 0) return null;
  return (
    <Card
      title={title}
      sentence={
        open === 0
          ? t("mapping.rules.arrivalsFine")
          : t("mapping.rules.arrivalsSentence", { unassigned: strong(format.count(open)) })
      }
    >
      <ScrollRegion label={title} className="table-scroll rules-scroll">
        <table className="data-table">
          <caption className="visually-hidden">{title}</caption>
          <thead>
            <tr>
              <th scope="col">{t("mapping.rules.parts.source")}</th>
              <th scope="col">{t("mapping.rules.parts.medium")}</th>
              <th scope="col" className="numeric">
                {t("mapping.rules.touches")}
              </th>
              <th scope="col">{t("mapping.rules.stored")}</th>
              <th scope="col">{t("mapping.rules.ruled")}</th>
            </tr>
          </thead>
          <tbody>
            {arrivals.map((arrival) => (
              <Row
                key={`${arrival.source}\n${arrival.medium}\n${arrival.channel}\n${arrival.rule}`}
                {...{ arrival, channels, may, assign }}
              />
            ))}
          </tbody>
        </table>
      </ScrollRegion>
    </Card>
  );
}

function Row({ arrival, channels, may, assign }: { arrival: Arrival } & Omit<Props, "trial">) {
  const { t, format } = useWords();
  const { source, medium, rule, ruled } = arrival;
  const shown = (text: string) => (text === "" ? t("mapping.rules.noText") : text);
  return (
    <tr>
      <th scope="row">{shown(source)}</th>
      <td>{shown(medium)}</td>
      <td className="numeric">{format.count(arrival.touches)}</td>
      <td>{arrival.channel}</td>
      <td className={rule === 0 ? "figure-refused" : undefined}>
        {rule === 0 ? t("mapping.rules.unassigned") : ruled}
        {rule === 0 && may && (
          <ChannelChoice
            label={t("mapping.rules.assign", { source: shown(source), medium: shown(medium) })}
            channels={channels}
            choose={(channel) => assign(source, medium, channel)}
          />
        )}
      </td>
    </tr>
  );
}

/** One of the channels that rules name, or a new one. */
function ChannelChoice({
  label,
  channels,
  choose,
}: {
  label: string;
  channels: readonly string[];
  choose(channel: string): void;
}) {
  const { t } = useWords();
  const [own, setOwn] = useState<string | null>(null);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (own !== null && own.trim() !== "") choose(own.trim());
  };
  if (own !== null) {
    return (
      <form className="new-channel" onSubmit={submit}>
        <input
          className="field-text"
          aria-label={t("mapping.rules.newChannel")}
          value={own}
          maxLength={100}
          onChange={(event) => setOwn(event.target.value)}
        />
        <button type="submit" className="button">
          {t("mapping.rules.add")}
        </button>
      </form>
    );
  }
  return (
    <select
      className="field-select assign"
      aria-label={label}
      value=""
      onChange={(event) => (event.target.value === ANOTHER ? setOwn("") : choose(event.target.value))}
    >
      <option value="">{t("mapping.rules.assignNone")}</option>
      {channels.map((channel) => (
        <option key={channel} value={channel}>
          {channel}
        </option>
      ))}
      <option value={ANOTHER}>{t("mapping.rules.another")}</option>
    </select>
  );
}
