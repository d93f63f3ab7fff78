"use client";
import { Button } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { apiError } from "#lib/trpc/api-error.ts";
import { DateTime } from "#ui/date-time.tsx";
import { ErrorState } from "#ui/error-state.tsx";
import { say } from "#ui/toast-store.ts";
import classes from "./message.module.css";
import { MessageView } from "./message-view.tsx";
import { useOrderMessages, useRawMessage, useRawMessageOptions } from "./queries.ts";
import { saveFile } from "./save-file.ts";

/** The HL7 messages an order's values came in: who received them when, readable line by line, to keep as a file. */
export function OrderMessages({ orderId }: { orderId: string }) {
  const messages = useQuery(useOrderMessages(orderId));
  const [openId, setOpenId] = useState<string | null>(null);
  const raw = useQuery(useRawMessage(openId));
  const download = useDownload();
  if (messages.error) {
    return <ErrorState error={apiError(messages.error)} onRetry={() => void messages.refetch()} isCompact />;
  }
  const items = messages.data?.items ?? [];
  if (messages.data && items.length === 0) return <p className={classes.dim}>No message has been filed yet.</p>;
  return (
    <ul className={classes.received}>
      {items.map((message) => {
        const isOpen = message.id === openId;
        return (
          <li key={message.id} className={classes.receipt}>
            <div className={classes.receiptHead}>
              <strong>{message.controlId}</strong>
              <span className={classes.dim}>
                {message.type}, HL7 {message.version}, from {message.sender.replace("|", " at ")}
                {message.fileName && `, file ${message.fileName}`} · filed <DateTime at={message.receivedAt} /> by{" "}
                {message.receivedByName ?? message.partnerName} · {message.sizeBytes} bytes
              </span>
              <Button
                className="no-print"
                variant="default"
                size="compact-sm"
                aria-expanded={isOpen}
                aria-label={`${isOpen ? "Hide" : "Show"} message ${message.controlId}`}
                onClick={() => setOpenId(isOpen ? null : message.id)}
              >
                {isOpen ? "Hide" : "Show"}
              </Button>
              <Button
                className="no-print"
                variant="default"
                size="compact-sm"
                aria-label={`Download message ${message.controlId}`}
                onClick={() => void download(message.id, `${message.controlId}.hl7`)}
              >
                Download
              </Button>
            </div>
            {isOpen && raw.error && (
              <ErrorState error={apiError(raw.error)} onRetry={() => void raw.refetch()} isCompact />
            )}
            {isOpen && raw.data && (
              <MessageView text={window.atob(raw.data.contentBase64)} label={`Message ${message.controlId}`} />
            )}
          </li>
        );
      })}
    </ul>
  );
}

/** Saves a message byte for byte as it was received. */
function useDownload() {
  const queries = useQueryClient();
  const optionsOf = useRawMessageOptions();
  return async (messageId: string, name: string) => {
    try {
      const { contentBase64 } = await queries.fetchQuery(optionsOf(messageId));
      saveFile(name, window.atob(contentBase64));
    } catch (error) {
      say(`Not downloaded. ${apiError(error).title}`);
    }
  };
}
