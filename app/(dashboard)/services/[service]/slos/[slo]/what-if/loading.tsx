/** The page's shape while it is read, at its final heights. */
export default function Loading() {
  return (
    <div role="status" className="animate-pulse space-y-4 motion-reduce:animate-none">
      <span className="sr-only">Loading the what-if</span>
      <div className="h-[46px] w-80 max-w-full rounded bg-line/60" />
      <div className="h-[228px] rounded-[10px] bg-line/50" />
      <div className="h-[68px] rounded-[10px] bg-line/50" />
      <div className="grid gap-4 xl:grid-cols-[minmax(0,1.5fr)_minmax(0,1fr)]">
        <div className="h-[360px] rounded-[10px] bg-line/40" />
        <div className="h-[520px] rounded-[10px] bg-line/40" />
      </div>
    </div>
  );
}
