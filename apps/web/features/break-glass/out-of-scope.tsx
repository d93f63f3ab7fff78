"use client";
import { Button } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import { usePathname } from "next/navigation";
import { useState } from "react";
import { useChangeFacility } from "#lib/session/use-change-facility.ts";
import type { ApiError } from "#lib/trpc/api-error.ts";
import { apiError } from "#lib/trpc/api-error.ts";
import { EmptyState } from "#ui/empty-state.tsx";
import { FormError } from "#ui/form-error.tsx";
import { PageHeader } from "#ui/page-header.tsx";
import classes from "./break-glass.module.css";

const BreakGlassDialog = dynamic(() => import("./break-glass-dialog.tsx").then((module) => module.BreakGlassDialog));

type Refusal = { patientId?: string; mayBreakGlass?: boolean; facilities?: { id: string; name: string }[] };

/** A patient's record that is not the person's to see here: why, and the ways on. */
export function OutOfScope({ error }: { error: ApiError }) {
  const queries = useQueryClient();
  const path = usePathname();
  const change = useChangeFacility();
  const [isOpen, setIsOpen] = useState(false);
  const { patientId, mayBreakGlass = false, facilities = [] } = (error.current ?? {}) as Refusal;
  return (
    <>
      <PageHeader title="Patient" />
      <EmptyState
        title={error.title}
        hint={error.detail}
        action={
          <div className={classes.ways}>
            {facilities.map(({ id, name }) => (
              <Button key={id} loading={change.isBusy} onClick={() => change.to(id, path)}>
                Change to {name}
              </Button>
            ))}
            {mayBreakGlass && patientId && (
              <Button variant="outline" className={classes.offer} onClick={() => setIsOpen(true)}>
                Open in an emergency
              </Button>
            )}
          </div>
        }
      />
      {change.error && <FormError error={apiError(change.error)} rest={[]} />}
      {isOpen && patientId && (
        <BreakGlassDialog
          patientId={patientId}
          onClose={() => setIsOpen(false)}
          onOpened={() => {
            setIsOpen(false);
            void queries.invalidateQueries();
          }}
        />
      )}
    </>
  );
}
