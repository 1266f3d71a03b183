/** The page's shape while it is read. */
export default function Loading() {
  return (
    <div role="status" className="animate-pulse space-y-4 motion-reduce:animate-none">
      <span className="sr-only">Loading the service</span>
      <div className="h-[64px] w-64 max-w-full rounded bg-line/60" />
      <div className="h-[54px] rounded-[10px] bg-line/50" />
      <div className="h-[220px] rounded-[10px] bg-line/40" />
      <div className="h-[240px] rounded-[10px] bg-line/40" />
    </div>
  );
}
