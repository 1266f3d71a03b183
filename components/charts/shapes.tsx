/** Marks of what happened, drawn around the origin: told apart by shape, not by colour alone. */

/** A deployment: a triangle, filled when it failed. */
export function ReleaseShape({ failed }: { failed: boolean }) {
  return (
    <path
      d="M0 -4 4 3.5H-4z"
      fill={failed ? "var(--out-fill)" : "var(--surface)"}
      stroke={failed ? "var(--out-fill)" : "var(--ink-2)"}
      strokeWidth="1.2"
      strokeLinejoin="round"
    />
  );
}

/** An incident: a diamond. */
export function IncidentShape() {
  return <path d="M0 -4.5 4.5 0 0 4.5 -4.5 0z" fill="var(--out-fill)" />;
}
