/** The load line as painted on a hull: our mark. */
export function PlimsollMark({ size = 26 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 26 26" aria-hidden="true">
      <circle cx="13" cy="13" r="8.2" fill="none" stroke="currentColor" strokeWidth="2.2" />
      <line x1="1" x2="25" y1="13" y2="13" stroke="currentColor" strokeWidth="2.2" />
    </svg>
  );
}
