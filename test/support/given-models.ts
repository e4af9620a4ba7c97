/** Small models in the layouts that other tools export, made up from their documentation. */

const WEEKS = 60;
const day = (week: number) => new Date(Date.UTC(2025, 0, 6 + 7 * week)).toISOString().slice(0, 10);
const tvSpend = (week: number) => 20_000 + 9_000 * Math.sin(week * 1.7) + 4_000 * ((week * 5) % 3);
const searchSpend = (week: number) => 12_000 + 5_000 * Math.cos(week * 0.9);

/** Parameters of Robyn's two channels. */
export const ROBYN = {
  tv_S: { coef: 400_000, alpha: 1.4, gamma: 0.6, theta: 0.5 },
  search_S: { coef: 250_000, alpha: 0.8, gamma: 0.4, theta: 0.1 },
} as const;

/** Rows as in the raw_data of a model of Robyn. */
export const robynRows = () =>
  Array.from({ length: WEEKS }, (_, week) => ({
    DATE: day(week),
    revenue: 900_000 + 1_000 * week,
    tv_S: tvSpend(week),
    search_S: searchSpend(week),
  }));

/** The export of a model of Robyn 3.10 or later: R writes single values as lists of one. The window leaves ten weeks out. */
export const robynModel = () => ({
  InputCollect: {
    date_var: ["DATE"],
    dep_var: ["revenue"],
    dep_var_type: ["revenue"],
    intervalType: ["week"],
    adstock: ["geometric"],
    window_start: [day(10)],
    window_end: [day(WEEKS - 1)],
    paid_media_spends: ["tv_S", "search_S"],
    paid_media_vars: ["tv_S", "search_S"],
    rollingWindowLength: [WEEKS - 10],
  },
  OutputCollect: { conv_msg: ["DECOMP.RSSD converged"] },
  ExportedModel: {
    select_model: ["1_23_4"],
    summary: [
      { variable: "(Intercept)", coef: 500_000, decompPer: 0.5, decompAgg: 25e6 },
      ...Object.entries(ROBYN).map(([variable, { coef }]) => ({ variable, coef, decompPer: 0.2, mean_spend: 1 })),
    ],
    errors: [{ rsq_train: 0.9, nrmse: 0.05, "decomp.rssd": 0.1, mape: 0 }],
    hyper_values: Object.fromEntries([
      ...Object.entries(ROBYN).flatMap(([name, { alpha, gamma, theta }]) => [
        [`${name}_alphas`, [alpha]],
        [`${name}_gammas`, [gamma]],
        [`${name}_thetas`, [theta]],
      ]),
      ["lambda", [0.1]],
      ["train_size", [1]],
    ]),
  },
});

/** What Robyn's curve of a channel says of steady weekly spend: its saturation at the spend that is then at work. */
export function robynResponse(name: keyof typeof ROBYN, spend: number): number {
  const { coef, alpha, gamma, theta } = ROBYN[name];
  let carried = 0;
  const atWork = robynRows().map((row) => {
    carried = row[name] + theta * carried;
    return carried;
  });
  const window = atWork.slice(10);
  const inflexion = (1 - gamma) * Math.min(...window) + gamma * Math.max(...window);
  const work = (spend / (1 - theta)) ** alpha;
  return (coef * work) / (work + inflexion ** alpha);
}

const MERIDIAN = [
  { channel: "tv", spend: 900_000, height: 4_000_000, half: 1_200_000 },
  { channel: "social", spend: 500_000, height: 1_500_000, half: 300_000 },
];
const MULTIPLIERS = Array.from({ length: 23 }, (_, i) => i / 10);

export const meridianResponse = (channel: string, spend: number): number => {
  const { height, half } = MERIDIAN.find((one) => one.channel === channel)!;
  return (height * spend) / (half + spend);
};

/** Meridian's response curves, one row a point. */
export const meridianWide = () =>
  [
    "channel,spend,spend_multiplier,ci_hi,ci_lo,mean,current_spend",
    ...MERIDIAN.flatMap(({ channel, spend }) =>
      MULTIPLIERS.map((multiplier) => {
        const mean = meridianResponse(channel, spend * multiplier);
        const label = multiplier === 1 ? "Current spend" : "";
        return [channel, spend * multiplier, multiplier, mean * 1.3, mean * 0.7, mean, label].join(",");
      }),
    ),
  ].join("\n");

/** The same dataset as xarray makes a table of it: one row a channel, metric and multiplier. */
export const meridianLong = () =>
  [
    ",spend_multiplier,channel,metric,spend,incremental_outcome",
    ...MERIDIAN.flatMap(({ channel, spend }) =>
      MULTIPLIERS.flatMap((multiplier) =>
        [
          ["mean", 1],
          ["ci_lo", 0.7],
          ["ci_hi", 1.3],
        ].map(([metric, factor]) =>
          [
            0,
            multiplier,
            channel,
            metric,
            spend * multiplier,
            meridianResponse(channel, spend * multiplier) * Number(factor),
          ].join(","),
        ),
      ),
    ),
  ].join("\n");

export const PYMC = { target_scale: 80_000, channel_scale: { tv: 30_000, search: 15_000 } } as const;

/** Draws of a posterior of PyMC-Marketing, one row a draw and channel. */
export const pymcRows = () =>
  Array.from({ length: 50 }, (_, draw) =>
    (["tv", "search"] as const).map((channel, c) => ({
      chain: draw % 2,
      draw: Math.floor(draw / 2),
      channel,
      adstock_alpha: 0.3 + 0.004 * ((draw * 7) % 50),
      saturation_lam: (c + 1) * (1 + 0.01 * ((draw * 11) % 50)),
      saturation_beta: 0.6 - 0.2 * c + 0.002 * ((draw * 13) % 50),
    })),
  ).flat();

/** What the model says, in money, of steady weekly spend in one draw, when the weights of the carry-over add up to 1. */
export function pymcResponse(row: ReturnType<typeof pymcRows>[number], spend: number): number {
  const x = spend / PYMC.channel_scale[row.channel];
  const fall = Math.exp(-row.saturation_lam * x);
  return (PYMC.target_scale * row.saturation_beta * (1 - fall)) / (1 + fall);
}
