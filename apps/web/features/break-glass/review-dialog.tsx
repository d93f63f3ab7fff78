"use client";
import {
  type BreakGlass,
  type BreakGlassOutcome,
  breakGlassOutcomeNames,
  breakGlassOutcomes,
  breakGlassReasonNames,
  breakGlassReview,
} from "@infirmary/shared/break-glass";
import { formatMrn } from "@infirmary/shared/patient";
import { Button, Radio, Textarea } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import Link from "next/link";
import { faultsOf } from "#lib/form/faults-of.ts";
import { useApiForm } from "#lib/form/use-api-form.ts";
import { patientName } from "#lib/patient-name.ts";
import { useMe } from "#lib/session/me.tsx";
import { DateTime } from "#ui/date-time.tsx";
import { Dialog } from "#ui/dialog.tsx";
import { FactList } from "#ui/fact-list.tsx";
import { FormError } from "#ui/form-error.tsx";
import { say } from "#ui/toast-store.ts";
import classes from "./break-glass.module.css";
import { useBreakGlassKey, useReviewBreakGlass } from "./queries.ts";

type Draft = { outcome: BreakGlassOutcome; comment: string };
const inputOf = ({ outcome, comment }: Draft) => (comment.trim() ? { outcome, comment } : { outcome });

/** One emergency access with what is known of it, and the review. */
export function ReviewDialog({ access, onClose }: { access: BreakGlass; onClose: () => void }) {
  const { me, can } = useMe();
  const { review } = access;
  return (
    <Dialog title="Emergency access" onClose={onClose} size={560}>
      <div className={classes.form}>
        <FactList
          facts={[
            ["Who", `${access.userName} at ${access.facilityName}`],
            ["Patient", `${patientName(access.patient)}, MRN ${formatMrn(access.patient.mrn)}`],
            ["Reason", `${breakGlassReasonNames[access.reasonCode]}: ${access.reasonText}`],
            ["Opened", <DateTime key="from" at={access.startedAt} />],
            ["Open until", <DateTime key="to" at={access.endedAt ?? access.expiresAt} />],
            ["Looked up", `${access.lookups} entries in the audit log`],
            ...(review
              ? ([
                  ["Found", `${breakGlassOutcomeNames[review.outcome]}${review.comment ? `: ${review.comment}` : ""}`],
                  ["Reviewed by", review.reviewedByName],
                ] as [string, string][])
              : []),
          ]}
        />
        {can("audit.read") && (
          <Link href={`/audit?patient=${access.patient.id}`}>What was looked at, in the audit log</Link>
        )}
        {!review && access.userId === me.id && <p>Somebody else has to review your own emergency access.</p>}
        {!review && access.userId !== me.id && <ReviewForm access={access} onDone={onClose} />}
      </div>
    </Dialog>
  );
}

function ReviewForm({ access, onDone }: { access: BreakGlass; onDone: () => void }) {
  const queries = useQueryClient();
  const queryKey = useBreakGlassKey();
  const review = useMutation(useReviewBreakGlass());
  const form = useApiForm<Draft>({
    initialValues: { outcome: "JUSTIFIED", comment: "" },
    validate: faultsOf(breakGlassReview.omit({ id: true, version: true }), inputOf),
  });
  return (
    <form
      noValidate
      className={classes.form}
      onSubmit={form.save(async (draft) => {
        await review.mutateAsync({ id: access.id, version: access.version, ...inputOf(draft) });
        void queries.invalidateQueries({ queryKey });
        say("The review is recorded.");
        onDone();
      })}
    >
      <Radio.Group label="What the review found" {...form.getInputProps("outcome")}>
        <div className={classes.reasons}>
          {breakGlassOutcomes.options.map((outcome) => (
            <Radio key={outcome} value={outcome} label={breakGlassOutcomeNames[outcome]} />
          ))}
        </div>
      </Radio.Group>
      <Textarea
        label="Comment"
        description="Needed unless it was justified."
        autosize
        minRows={2}
        maxLength={1000}
        {...form.getInputProps("comment")}
      />
      <FormError error={form.apiError} rest={form.otherFaults} />
      <div className={classes.actions}>
        <Button type="submit" loading={form.isBusy}>
          Record the review
        </Button>
      </div>
    </form>
  );
}
