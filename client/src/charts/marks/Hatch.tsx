/** The pattern of what no channel is credited with. */
export function Hatch({ id }: { id: string }) {
  return (
    <pattern id={id} width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
      <rect width="5" height="5" className="hatch-ground" />
      <line y2="5" className="hatch-line" />
    </pattern>
  );
}
