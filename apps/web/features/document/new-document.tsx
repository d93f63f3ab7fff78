"use client";
import { documentKindNames, documentKinds } from "@infirmary/shared/document";
import { useMutation } from "@tanstack/react-query";
import { useMe } from "#lib/session/me.tsx";
import { apiError } from "#lib/trpc/api-error.ts";
import { Dropdown } from "#ui/dropdown.tsx";
import { ErrorState } from "#ui/error-state.tsx";
import classes from "./document.module.css";
import { useCreateDocument, useSettle } from "./queries.ts";
import { useOpenDocument } from "./use-open-document.ts";

/** Begins a document of the patient and opens it beside the screen. */
export function NewDocument({ patientId, encounterId = null }: { patientId: string; encounterId?: string | null }) {
  const { can } = useMe();
  const { open } = useOpenDocument();
  const settle = useSettle();
  const create = useMutation(useCreateDocument());
  if (!can("document.write")) return null;
  return (
    <div className={classes.actions}>
      {create.error && <ErrorState error={apiError(create.error)} isCompact />}
      <Dropdown button="Write" buttonClassName={classes.menuButton} label="What to write" isBelow>
        {(close) => (
          <div className={classes.menu}>
            {documentKinds.options.map((kind) => (
              <button
                key={kind}
                type="button"
                className={classes.choice}
                disabled={create.isPending}
                onClick={() =>
                  create.mutate(
                    { patientId, encounterId, kind },
                    {
                      onSettled: close,
                      onSuccess: (document) => {
                        settle(document);
                        open(document.id);
                      },
                    },
                  )
                }
              >
                {documentKindNames[kind]}
              </button>
            ))}
          </div>
        )}
      </Dropdown>
    </div>
  );
}
