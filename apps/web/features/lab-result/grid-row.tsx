"use client";
import { judgeWritten, rangeText } from "@infirmary/shared/catalog";
import { type GridRow, labResultStatusNames } from "@infirmary/shared/lab-result";
import { flagMeaning } from "@infirmary/shared/result";
import { Autocomplete, Button, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { type KeyboardEvent, useState } from "react";
import { useMe } from "#lib/session/me.tsx";
import { apiError } from "#lib/trpc/api-error.ts";
import { DateTime } from "#ui/date-time.tsx";
import { JudgedFlag } from "./judged-flag.tsx";
import classes from "./lab-result.module.css";
import { useEnter, useRelease, useVerify } from "./queries.ts";

type Props = { row: GridRow; isPreliminary: boolean; onChanged: () => void; onCorrect: (row: GridRow) => void };

/** Puts the cursor into the next line's field; from the last one it leaves the grid's fields. */
function focusBelow(input: HTMLInputElement) {
  const fields = [...(input.closest("table")?.querySelectorAll<HTMLInputElement>("input[data-value]") ?? [])];
  fields[fields.indexOf(input) + 1]?.focus();
}

/** One test: type and Enter goes down; the flag follows every key. What is released is read only and can be corrected. */
export function GridLine({ row, isPreliminary, onChanged, onCorrect }: Props) {
  const { me } = useMe();
  const { result, range } = row;
  const isReleased = result?.status === "RELEASED";
  const isClosed = isReleased || (result === null && row.reported !== null);
  const [typed, setTyped] = useState<string | null>(null);
  const shown = typed ?? result?.value ?? "";
  const isNew = typed !== null && typed.trim() !== "" && typed.trim() !== result?.value;
  const live = shown.trim() === "" ? null : judgeWritten(shown, row, range);
  const enter = useMutation(useEnter());
  const verify = useMutation({ ...useVerify(), onSuccess: onChanged });
  const release = useMutation({ ...useRelease(), onSuccess: onChanged });
  const error = enter.error ?? verify.error ?? release.error;
  const fault = error ? apiError(error) : null;
  const save = async () => {
    if (!isNew || live?.fault) return;
    await enter.mutateAsync({
      orderItemId: row.orderItemId,
      value: shown,
      isPreliminary,
      ...(result ? { version: result.version } : {}),
    });
    setTyped(null);
    onChanged();
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    focusBelow(event.currentTarget);
    void save().catch(() => undefined);
  };
  const flag = isNew
    ? (live?.flag ?? null)
    : isClosed && !result
      ? (row.reported?.flag ?? null)
      : (result?.flag ?? null);
  const field = {
    "aria-label": row.name,
    "data-value": true,
    value: shown,
    maxLength: 200,
    autoComplete: "off",
    error: (typed !== null && shown.trim() !== "" && live?.fault) || fault?.errors[0]?.message || null,
    onKeyDown,
    onBlur: () => void save().catch(() => undefined),
  };
  return (
    <tr data-level={flagMeaning(flag)?.level}>
      <th scope="row">{row.name}</th>
      <td className={classes.value}>
        {isClosed ? (
          <strong>{result?.value ?? row.reported?.value}</strong>
        ) : row.valueType === "CODED" ? (
          <Autocomplete {...field} data={[...row.answers]} onChange={setTyped} />
        ) : (
          <TextInput
            {...field}
            inputMode={row.valueType === "NUMERIC" ? "decimal" : "text"}
            onChange={(event) => setTyped(event.currentTarget.value)}
          />
        )}
      </td>
      <td className={classes.unit}>{row.unit}</td>
      <td>
        {(isNew || flag || result) && (
          <JudgedFlag flag={flag} isDelta={!isNew && (result?.isDelta ?? false)} hasRange={range !== null} />
        )}
      </td>
      <td className={classes.dim}>{rangeText(range) || "None"}</td>
      <td className={classes.dim}>
        {row.previous ? (
          <>
            {row.previous.value} <DateTime at={row.previous.at} />
          </>
        ) : (
          "None"
        )}
      </td>
      <td>
        {result ? (
          <>
            {labResultStatusNames[result.status]}{" "}
            <span className={classes.dim}>
              by <bdi>{result.releasedByName ?? result.verifiedByName ?? result.enteredByName}</bdi>
            </span>
          </>
        ) : row.reported ? (
          "Filed from a message"
        ) : (
          <span className={classes.dim}>Nothing yet</span>
        )}
      </td>
      <td>
        <span className={classes.actions}>
          {result?.status === "ENTERED" && result.enteredById !== me.id && !isNew && (
            <Button
              size="compact-sm"
              loading={verify.isPending}
              onClick={() => verify.mutate({ id: result.id, version: result.version })}
            >
              Verify
            </Button>
          )}
          {result?.status === "ENTERED" && result.enteredById === me.id && !isNew && (
            <span className={classes.dim}>Somebody else verifies it</span>
          )}
          {result?.status === "VERIFIED" && !isNew && (
            <Button
              size="compact-sm"
              loading={release.isPending}
              onClick={() => release.mutate({ id: result.id, version: result.version })}
            >
              Release
            </Button>
          )}
          {isReleased && (
            <Button size="compact-sm" variant="default" onClick={() => onCorrect(row)}>
              Correct
            </Button>
          )}
        </span>
        {fault && fault.errors.length === 0 && (
          <p role="alert" className={classes.fault}>
            {fault.detail ?? fault.title}
          </p>
        )}
      </td>
    </tr>
  );
}
