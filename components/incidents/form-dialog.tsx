import type { FormEvent, ReactNode } from "react";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import type { FormProblem } from "#components/ui/form-problem.ts";
import { ProblemLine } from "#components/ui/problem-line.tsx";
import { SubmitButton } from "#components/ui/submit-button.tsx";

interface FormDialogProps {
  readonly title: string;
  /** On the button that does it. */
  readonly label: string;
  readonly pending: boolean;
  readonly problem: FormProblem | null;
  readonly onSubmit: (form: FormData) => void;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/** A form over the page. Escape and "Cancel" leave everything as it is. */
export function FormDialog(props: FormDialogProps) {
  const { title, label, pending, problem, onSubmit, onClose, children } = props;
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    onSubmit(new FormData(event.currentTarget));
  };
  return (
    <Dialog label={title} onClose={onClose} className="max-w-[620px]">
      <form onSubmit={submit} className="max-h-[85vh] space-y-4 overflow-y-auto px-5 pt-4 pb-5">
        <h2 className="text-[15px] [overflow-wrap:anywhere]">{title}</h2>
        {children}
        <ProblemLine problem={pending ? null : problem} />
        <div className="flex flex-wrap justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <SubmitButton disabled={pending}>{label}</SubmitButton>
        </div>
      </form>
    </Dialog>
  );
}
