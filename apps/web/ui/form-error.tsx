import { type ErrorInfo, ErrorState } from "./error-state.tsx";

type Props = {
  /** What the API answered; null while nothing went wrong. */
  error: (ErrorInfo & { code: string }) | null;
  /** Faults of fields the form does not show. */
  rest?: readonly string[];
};

/** Why a form was not saved, above its buttons. Faults of single fields stand at the fields. */
export function FormError({ error, rest = [] }: Props) {
  if (!error) return null;
  const detail = [error.detail, ...rest].filter(Boolean).join(" ") || null;
  return <ErrorState error={{ ...error, detail }} isCompact />;
}
