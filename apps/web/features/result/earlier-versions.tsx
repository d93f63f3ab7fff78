"use client";
import type { Observation } from "@infirmary/shared/result";
import { useQuery } from "@tanstack/react-query";
import { apiError } from "#lib/trpc/api-error.ts";
import { DateTime } from "#ui/date-time.tsx";
import { useOrderMessages, useResultHistory } from "./queries.ts";
import classes from "./result-table.module.css";
import { ResultValue } from "./result-value.tsx";
import { StatusWords } from "./status-words.tsx";

/** What a value said before it was replaced: struck through, with when it was filed and by whom. */
export function EarlierVersions({ value, orderId }: { value: Observation; orderId: string }) {
  const history = useQuery(useResultHistory(value.id));
  const messages = useQuery(useOrderMessages(orderId));
  if (history.error) return <p className={classes.note}>Earlier values: {apiError(history.error).title}</p>;
  const nameOf = (messageId: string) => messages.data?.items.find(({ id }) => id === messageId)?.receivedByName;
  const [now, ...earlier] = history.data?.items ?? [];
  if (!now) return <p className={classes.note}>Replaces an earlier value …</p>;
  return (
    <ul className={classes.versions} aria-label={`Earlier values of ${value.name}`}>
      {earlier.map((version, index) => {
        const replacedBy = index === 0 ? now : earlier[index - 1];
        const who = replacedBy && nameOf(replacedBy.messageId);
        return (
          <li key={version.id}>
            was <ResultValue result={version} isStruck /> <StatusWords status={version.status} />{" "}
            <span className={classes.dim}>
              filed <DateTime at={version.filedAt} />
              {replacedBy && (
                <>
                  , replaced <DateTime at={replacedBy.filedAt} />
                </>
              )}
              {who && ` by ${who}`}
            </span>
          </li>
        );
      })}
    </ul>
  );
}
