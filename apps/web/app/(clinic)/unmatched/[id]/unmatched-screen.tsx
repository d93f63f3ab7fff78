"use client";
import { MessageView } from "#features/result/message-view.tsx";
import { UnmatchedMessage } from "#features/unmatched/unmatched-message.tsx";

/** The desk's message with the view of messages that uploading uses. */
export function UnmatchedScreen({ id }: { id: string }) {
  return (
    <UnmatchedMessage
      id={id}
      showMessage={({ text, issues }) => <MessageView text={text} issues={issues} label="Message as received" />}
    />
  );
}
