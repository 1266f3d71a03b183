/** Stands where something will be, as large as that; says nothing to those who hear the page. */
export function Bar({ className }: { className: string }) {
  return <div aria-hidden="true" className={`animate-pulse rounded-[5px] bg-ink/7 ${className}`} />;
}
