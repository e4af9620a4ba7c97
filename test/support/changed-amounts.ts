import type { Proposal } from "@touchline/server/contract";

type Row = Proposal["plan"]["allocation"][number];

/** A channel that may lose one and another that may gain it. */
export function movable({ plan: { allocation } }: Proposal): readonly [Row, Row] {
  const [from, to] = allocation.filter(({ recommended }) => Number(recommended) > 2);
  return [from!, to!];
}

/** One more from a channel that is cut to one that is raised. */
export function raised({ plan: { allocation } }: Proposal) {
  const [cut, up] = [-1, 1].map((sign) =>
    allocation.find(
      ({ current, recommended }) =>
        sign * (Number(recommended) - Number(current)) > 0 && (sign > 0 || Number(recommended) > 2),
    ),
  );
  return [
    { channel: cut!.channel, amount: (Number(cut!.recommended) - 1).toFixed(2) },
    { channel: up!.channel, amount: (Number(up!.recommended) + 1).toFixed(2) },
  ];
}
