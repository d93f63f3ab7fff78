"use client";
import { severityNames } from "@infirmary/shared/allergy";
import { useQuery } from "@tanstack/react-query";
import classes from "./patient-banner.module.css";
import { useAllergiesOf } from "./queries.ts";

/** Three states that never look alike; while it is being looked up, or cannot be, it says that and never "none". */
export function BannerAllergies({ patientId }: { patientId: string }) {
  const { data, error } = useQuery(useAllergiesOf(patientId));
  if (!data) return <span className={classes.notKnown}>{error ? "Could not be looked up" : "Looking up…"}</span>;
  if (data.status === "NOT_ASKED") return <span className={classes.notAsked}>Not asked</span>;
  if (data.status === "NONE_KNOWN") return <span>No known allergies</span>;
  const [first, ...others] = data.items;
  return (
    <span className={classes.allergic}>
      {first && `${first.substance} (${severityNames[first.severity]})`}
      {others.length > 0 && <span title={others.map(({ substance }) => substance).join(", ")}> +{others.length}</span>}
    </span>
  );
}
