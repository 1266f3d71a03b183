import type { FormProblem } from "#components/ui/form-problem.ts";

/** Why the server refused, read out when it appears. Draws nothing while all is well. */
export function ProblemLine({ problem }: { problem: FormProblem | null }) {
  return (
    <div role="alert">
      {problem && (
        <p className="rounded-[7px] border border-out-fill/50 bg-out-fill/10 px-3 py-2 text-[13px]">
          {problem.message}
        </p>
      )}
    </div>
  );
}
