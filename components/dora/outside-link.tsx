import type { ReactNode } from "react";

interface OutsideLinkProps {
  /** As a source told it: anything but http and https is no link. */
  readonly url: string | null;
  readonly children: ReactNode;
}

/** A link to where it came from. */
export function OutsideLink({ url, children }: OutsideLinkProps) {
  if (!url || !/^https?:\/\//i.test(url)) return children;
  return (
    <a href={url} rel="noopener noreferrer" className="prose-link">
      {children}
    </a>
  );
}
