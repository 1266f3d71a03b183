/** The page's shape while it is read, at its final heights. */
export default function Loading() {
  return (
    <div role="status" className="animate-pulse space-y-4 motion-reduce:animate-none">
      <span className="sr-only">Loading the SLO</span>
      <div className="h-[46px] w-80 max-w-full rounded bg-line/60" />
      <div className="h-[72px] rounded-[10px] bg-line/50" />
      <div className="h-[92px] rounded-[10px] bg-line/50" />
      <div className="grid gap-4 xl:grid-cols-[minmax(0,1.75fr)_minmax(0,1fr)]">
        <div className="h-[980px] rounded-[10px] bg-line/40" />
        <div className="h-[620px] rounded-[10px] bg-line/40" />
      </div>
    </div>
  );
}
