import { Link } from "@tanstack/react-router";
import type { ChannelQuality } from "@touchline/server/contract";
import { useRef } from "react";
import { FailurePanel } from "../../app/FailurePanel.tsx";
import { useWorkspace } from "../../app/workspace-context.ts";
import { LAG_HEIGHT, LagPlot } from "../../charts/LagPlot.tsx";
import { prepareFindings } from "../../charts/prepare/quality-findings.ts";
import { prepareLags } from "../../charts/prepare/quality-lags.ts";
import { useWords } from "../../i18n/words-context.tsx";
import { Drawer } from "../../ui/Drawer.tsx";
import { ExportMenu } from "../../ui/export/ExportMenu.tsx";
import { Icon } from "../../ui/Icon.tsx";
import { Sentence } from "../../ui/Sentence.tsx";
import { useChannelsQuality } from "../quality/quality-queries.ts";

function Facts({ channel }: { channel: ChannelQuality }) {
  const { t, format } = useWords();
  const { effect, halfLifeDays, coverage, beforeRatio, touches } = channel;
  const facts: (readonly [label: string, text: string | null])[] = [
    [t("quality.touches"), format.count(touches)],
    [
      t("quality.caused"),
      effect === null
        ? null
        : `${format.count(effect.conversions)} (${t("quality.range", { low: format.count(effect.low), high: format.count(effect.high) })}, ${format.percent(effect.level, 0)})`,
    ],
    [t("attribution.lagHalfLife"), halfLifeDays === null ? null : format.hours(halfLifeDays * 24)],
    [
      t("attribution.lagBefore"),
      beforeRatio === null ? null : t("quality.times", { ratio: format.count(beforeRatio, 1) }),
    ],
    [t("quality.coverage"), coverage === null ? null : format.percent(coverage, 0)],
  ];
  return (
    <dl className="drawer-facts">
      {facts.map(([label, text]) =>
        text === null ? null : (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{text}</dd>
          </div>
        ),
      )}
    </dl>
  );
}

function ChannelLag({ channel }: { channel: ChannelQuality }) {
  const words = useWords();
  const { t } = words;
  const { hues, range } = useWorkspace();
  const figure = useRef<HTMLElement>(null);
  const lags = prepareLags([channel], hues, words);
  const [panel] = lags.panels;
  const marks = prepareFindings([channel], hues, words).rows[0]?.marks ?? [];
  const origin = {
    title: `${t("attribution.lagTitle")}, ${channel.channel}`,
    figures: ["lag", "interval"] as const,
    ...{ range, model: "incremental" as const },
  };
  return (
    <>
      {panel === undefined ? (
        <p>{lags.missing ?? t("chart.empty")}</p>
      ) : (
        <section className="drawer-part">
          <p>
            <Sentence text={panel.sentence} />
          </p>
          <figure className="figure" ref={figure}>
            <LagPlot panel={panel} panels={lags} />
            <figcaption className="figure-caption">{lags.caption}</figcaption>
          </figure>
          <ExportMenu
            title={origin.title}
            caption={lags.caption}
            origin={origin}
            table={() => lags.table}
            figure={figure}
          />
        </section>
      )}
      <Facts channel={channel} />
      {marks.map(({ finding, tone, name, why }) => (
        <p key={finding} className={`quality-mark quality-mark-${tone}`}>
          <Icon name={tone} />
          <span>
            <strong>{name}.</strong> {why}
          </span>
        </p>
      ))}
      <p>
        <Link to="/attribution/quality" search={true}>
          {t("attribution.lagMore")}
        </Link>
      </p>
    </>
  );
}

function Content({ name }: { name: string }) {
  const { t } = useWords();
  const { range } = useWorkspace();
  const query = useChannelsQuality(range);
  if (query.data === undefined) {
    if (query.isError) return <FailurePanel error={query.error} retry={() => query.refetch()} />;
    return (
      <div className="skeleton" style={{ height: LAG_HEIGHT }}>
        <p role="status">{t("attribution.lagWait")}</p>
      </div>
    );
  }
  const channel = query.data.channels.find((each) => each.channel === name);
  return channel === undefined ? (
    <p>{t("attribution.lagNone", { channel: name })}</p>
  ) : (
    <ChannelLag channel={channel} />
  );
}

/** How people convert before and after a touch of one channel, and what that says of its credit. */
export function LagDrawer({ channel, close }: { channel: string | null; close(): void }) {
  const { t } = useWords();
  return (
    <Drawer
      title={
        <>
          <span className="drawer-kicker">{t("attribution.lagTitle")}</span> {channel}
        </>
      }
      isOpen={channel !== null}
      close={close}
      isWide
    >
      {channel !== null && <Content name={channel} />}
    </Drawer>
  );
}
